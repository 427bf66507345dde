"""Every address. Ours come first; Wagtail's catch-all comes last."""

from django.conf import settings
from django.http import Http404
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.defaults import page_not_found
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views.serve import serve as serve_document

from courses.editor.tags import suggest_tags
from learners.accounts.confirming import ConfirmEmailView
from learners.accounts.leaving import SignOutView
from learners.accounts.studio_account import StudioAccountView
from perfomix.languages import pseudo

urlpatterns = [
    # Each address is looked for from the top, and most visits are to these.
    path("", include("learners.urls")),
    path("", include("storefront.urls")),
    path("", include("home.urls")),
    path("", include("courses.urls")),
    # Wagtail's own logins skip verification and rate limits: closed.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/account/", require_admin_access(StudioAccountView.as_view())),
    # Wagtail's own suggests every tag there is, those of strangers' drafts included.
    path("admin/tag-autocomplete/", suggest_tags, name="wagtailadmin_tag_autocomplete"),
    path(
        "admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/",
        suggest_tags,
        name="wagtailadmin_tag_model_autocomplete",
    ),
    # Wagtail's raises an error on purpose, for those who try out their error page.
    path("admin/failwhale/", page_not_found, {"exception": Http404()}),
    path("admin/", include(wagtailadmin_urls)),
    path(
        "accounts/confirm-email/",
        ConfirmEmailView.as_view(),
        name="account_email_verification_sent",
    ),
    path("accounts/logout/", SignOutView.as_view(), name="account_logout"),
    path("accounts/", include("allauth.urls")),
    # For a team's eyes: no cache keeps what its view sends.
    re_path(r"^documents/(\d+)/(.*)$", cache_control(private=True, no_store=True)(serve_document)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.pages.urls")),
]

handler400 = "courses.shapes.answers.misshapen"
# Read by allauth, for what is tried too often at its doors.
handler429 = "courses.limits.answers.too_often"

if settings.MAILBOX_DIR:
    urlpatterns.insert(0, path("mailbox/", include("perfomix.mailbox")))

if pseudo.are_in_use():
    urlpatterns.insert(0, path("language/", include("perfomix.languages.views")))
