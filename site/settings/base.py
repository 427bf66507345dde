"""What every environment shares. Values that differ are read in dev, test and production."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django_guid.integrations.celery import CeleryIntegration
from kombu import Queue

from courses.promises import queues
from perfomix.logs import logging_settings

from . import clock, doors, env

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything the embedded defaults write: database, cache, media, mail, secrets.
DATA_DIR = Path(env.text("PERFOMIX_DATA_DIR", str(BASE_DIR / ".data"))).resolve()

INSTALLED_APPS = [
    "perfomix.apps.SiteConfig",
    # Every {% static %} looks from the top whether these are here.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "home",
    "storefront",
    "learners.apps.LearnersConfig",
    "courses",
    "allauth",
    "allauth.account",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "learners.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_guid",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "perfomix.proxies.VisitorsAsProxiesSay",
    "django_guid.middleware.guid_middleware",
    "django.middleware.security.SecurityMiddleware",
    "perfomix.compression.TextsCompressed",
    "perfomix.middleware.NoNullBytes",
    "perfomix.ahead.PagesAhead",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "perfomix.languages.middleware.LanguageOfTheReader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learners.accounts.zones.ZoneOfTheReader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "courses.shapes.guard.WellFormed",
    "courses.isolation.door.DoorKeeper",
    "courses.limits.doors.LimitedDoors",
    "courses.editor.refusals.RefusalsInTheEditor",
    "courses.limits.answers.TooOftenAnswered",
    "courses.limits.slowness.TooSlowAnswered",
    "courses.shapes.answers.AddressesOfButtons",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "perfomix.urls"
WSGI_APPLICATION = "perfomix.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.interface",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People

AUTH_USER_MODEL = "learners.User"
# Alone: it is allauth's, a ModelBackend of Django's, and a second one would hash twice.
AUTHENTICATION_BACKENDS = ["learners.accounts.signed_in.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Uniqueness regardless of case is an expression constraint, which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "learners:my_learning"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# A mail may take a while, and a person longer: a quarter of an hour for every code.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Only an address that is not taken could be changed, which would tell which are; and whoever
# signed up could move the account after its address was proved elsewhere. One starts over.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the e-mail address changes
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_ADAPTER = "learners.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "learners.accounts.forms.SignupForm",
    "login": "learners.accounts.forms.LoginForm",
    "reset_password": "learners.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "learners.accounts.forms.ResetPasswordKeyForm",
    "change_password": "learners.accounts.forms.ChangePasswordForm",
    "add_email": "learners.accounts.forms.AddEmailForm",
    "reauthenticate": "learners.accounts.forms.ReauthenticateForm",
    "request_login_code": "learners.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "learners.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "learners.accounts.forms.ConfirmEmailCodeForm",
    "confirm_password_reset_code": "learners.accounts.forms.ConfirmPasswordResetCodeForm",
}
ACCOUNT_SESSION_REMEMBER = True
# allauth's own beside these. Each change of an address is a mail to one that may be anybody's.
ACCOUNT_RATE_LIMITS = {"manage_email": "10/m/user,20/d/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # perfomix.proxies has read what proxies say

# How often the doors open that take a guess, a mail, an upload or a search.
LIMITED_DOORS = doors.LIMITED_DOORS

# A page with every part of the interface, for those who build it.
STYLEGUIDE = False

# Language and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# What one may choose in the studio: Wagtail offers all that it is translated to.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# What we say instead of Wagtail, in its scripts too (decision 0065).
LOCALE_PATHS = [BASE_DIR / "site/languages/wagtail"]
# For visitors, for people who told none, and where the site itself counts days.
TIME_ZONE = env.zone("TIME_ZONE", "UTC")
USE_I18N = True
FORMAT_MODULE_PATH = "perfomix.formats"
USE_TZ = True

# Pages kept in memory by each web process, in megabytes; 0 keeps none. Needs Redis.
PAGE_CACHE_MB = env.integer("PAGE_CACHE_MB", 64, low=0, high=4096)
# Caches in front of the site, purged by what changed; production names them.
WAGTAILFRONTENDCACHE: dict[str, dict[str, Any]] = {}

# Static files and media

# Where browsers fetch them: from here, or from a CDN that fetches them here.
STATIC_URL = env.url("STATIC_HOST", "") + "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MIMETYPES = {".speculation": "application/speculationrules+json"}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"  # never routed: every file is served by a view with a gate
STORAGES = {
    # Private: images and documents of courses, avatars.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "perfomix.sheets.StaticFiles"},
}
# What one post may hold beside its files. The fullest lesson (courses/blocks/lists.py) has some
# 31,000 fields. The bytes bound the work that any count, list or text in a post may ask for.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 32_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# Wagtail

WAGTAIL_SITE_NAME = "Perfomix"
WAGTAILADMIN_LOGIN_URL = "learners:studio_door"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False  # people set their own, after signing in with a code
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
# One person has one zone, learners.User.time_zone; with one to choose from, Wagtail asks for none.
WAGTAIL_USER_TIME_ZONES = ["UTC"]
# Approving a course shows exactly what was pinned when it was submitted.
WAGTAIL_FINISH_WORKFLOW_ACTION = "courses.review.finish.finish_workflow"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "courses.editor.rich_text.PostedRichText"}}
WAGTAILIMAGES_IMAGE_MODEL = "courses.CourseImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "courses.files.forms.CourseImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "courses.files.forms.CourseDocumentForm"
WAGTAILDOCS_DOCUMENT_MODEL = "courses.CourseDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "epub",
    "gpx",
    "ipynb",
    "json",
    "m4v",
    "md",
    "mp3",
    "mp4",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "sql",
    "txt",
    "vtt",
    "wav",
    "webm",
    "xlsx",
    "zip",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.integer("MAX_UPLOAD_MB", 500, low=1, high=10_000) * 1024 * 1024
# `make next` alone: try a Wagtail that nobody has tried (courses/wagtail_bends/).
TRY_NEXT_WAGTAIL = env.flag("TRY_NEXT_WAGTAIL", False)
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "courses.records.backend"}}

# Background work: promises are rows (courses.promises); Celery only makes them quick.

TASKS = {"default": {"BACKEND": "perfomix.tasks.PromisedTasks"}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# Whoever sends work names its queue (courses.promises.queues); a name of no queue is an error.
CELERY_TASK_QUEUES = [Queue(name) for name in queues.QUEUES]
CELERY_TASK_DEFAULT_QUEUE = queues.DEFAULT
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_BEAT_SCHEDULE = clock.SCHEDULE

# How many days what nobody needs any longer is kept. The page on privacy promises it, so no
# variable of the environment may stretch it. Orders and the ledger stay: the law wants them.

# Who says that nothing came can be told what was written; a return is asked for in that time.
MAIL_KEPT_DAYS = 30
# Stripe shows its own for 30 days; a quarter's books are closed, and its questions asked, by then.
STRIPE_MESSAGES_KEPT_DAYS = 90
# Whoever signed up and never proved the address may not be its owner, who asked for nothing.
UNPROVED_ACCOUNTS_KEPT_DAYS = 30
# A picture uploaded among many, whose description nobody wrote.
LEFT_UPLOADS_KEPT_DAYS = 7
# A list that somebody had written as a file; it can be had again at any time.
EXPORTS_KEPT_DAYS = 7

# Money

STRIPE_API_BASE = env.url("STRIPE_API_BASE", "https://api.stripe.com")
PRODUCER_SHARE_PERCENT = env.decimal(
    "PRODUCER_SHARE_PERCENT", "85", low=Decimal(0), high=Decimal(100)
)

# Operations

# How many proxies stand before the server; production asks for it. See perfomix.proxies.
PROXY_COUNT = env.integer("PROXY_COUNT", 0, low=0, high=10)
LOGGING = logging_settings(json=False)
DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [CeleryIntegration()],
}


# A PgBouncer in transaction mode stands before PostgreSQL: nothing may be kept in a session.
DATABASE_POOLED = env.flag("DATABASE_POOLED", False)
# Bounded waits in milliseconds, and no JIT, which is slow on short queries.
DATABASE_LIMITS = {
    "jit": "off",
    "statement_timeout": "30000",
    "idle_in_transaction_session_timeout": "60000",
}


def web_database(settings: dict, *, pooled: bool = DATABASE_POOLED) -> dict:
    """A web role's connection: within limits, and asked whether it still lives.

    A connection that is ``pooled`` belongs to a request for one transaction only. What it began
    with is lost then, so the limits are the role's own (``perfomix.pooling`` asks whether they
    are), no cursor stays open on the server between transactions, and no statement's plan is kept
    there (``courses.statements.prepared``).
    """
    options = {"connect_timeout": 3, **settings["OPTIONS"]}
    if not pooled:
        limits = " ".join(f"-c {name}={value}" for name, value in DATABASE_LIMITS.items())
        options = {"options": limits, **options}
    return {
        **settings,
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "PREPARES": not pooled,
    }
