"""Which doors are counted, and how often each opens.

By the name of the address. allauth counts at its own doors (sign-in, sign-up, codes, passwords,
addresses); checkout, returns and the help page count in their views besides. Every other address
has its reason in ``tests/security/test_limited_doors.py``, which knows them all.
"""

from courses.limits.rates import CountedDoor

SEARCH = CountedDoor("search", per_network=("60/minute",), method="GET", asks="q")
# The search field asks while one types, a few times for each search.
SUGGESTION = CountedDoor("suggestion", per_network=("240/minute",), method="GET", asks="q")
# The editor searches while one types.
LOOKING = CountedDoor("search in the editor", per_person=("120/minute",), method="GET", asks="q")
LOOKING_BY_API = CountedDoor(
    "search in the editor", per_person=("120/minute",), method="GET", asks="search"
)
TAGS = CountedDoor("tags", per_person=("120/minute",), method="GET", asks="term")
EXPORT = CountedDoor("export", per_person=("20/minute",), method="GET", asks="export")
# A course comes with a hundred pictures, and with its films in several tries.
UPLOAD = CountedDoor("upload", per_person=("300/hour",), per_network=("900/hour",))
# A course comes in some tries; each is hundreds of megabytes and minutes of a worker. A copy is
# as much, though nothing is sent.
IMPORT = CountedDoor("import", per_person=("20/hour",), per_network=("60/hour",))
PICTURE = CountedDoor("own picture", per_person=("20/hour",))
# Codes are long and random; this is for whoever has a list of them.
CERTIFICATE = CountedDoor("certificate", per_network=("60/minute",), method="GET")
LOOK_UP = CountedDoor("certificate", per_network=("60/minute",), method="GET", asks="code")
# Three wrong ones end a code of ours; this is for many sessions at once.
CODE = CountedDoor("code", per_network=("60/minute",))
PASSWORD_OF_A_PAGE = CountedDoor("password of a page", per_network=("10/minute", "60/hour"))
INVITATION = CountedDoor(
    "invitation", per_person=("10/minute", "40/day"), per_network=("20/minute", "120/day")
)
APPLICATION = CountedDoor("application", per_person=("5/hour",), per_network=("30/hour",))
# Coupons and payments of one person are counted in the view; this is for many accounts.
CHECKOUT = CountedDoor("checkout", per_network=("120/minute",))
CHECKOUT_CODE = CountedDoor("checkout", per_network=("120/minute",), method="GET", asks="code")
# A whole school may hand in at once.
QUIZ = CountedDoor("quiz", per_person=("30/minute",), per_visitor=("600/minute",))
REVIEW = CountedDoor("review", per_person=("20/hour",))
STUDY = CountedDoor("studying", per_person=("240/minute",))
# The editor shows a formula while one types; setting it takes a program.
FORMULA = CountedDoor("formulas", per_person=("120/minute",))
COMMENT = CountedDoor("writing", per_person=("240/minute",))

LISTS = [
    *("home_inquiry", "learners_certificate", "learners_enrollment", "learners_lessonprogress"),
    *("learners_review", "storefront_coupon", "storefront_ledgerentry", "storefront_order"),
    *("storefront_payment", "storefront_refund", "storefront_webhookevent"),
]

LIMITED_DOORS: dict[str, tuple[CountedDoor, ...]] = {
    # Guesses
    "account_email_verification_sent": (CODE,),
    "account_confirm_login_code": (CODE,),
    "account_confirm_password_reset_code": (CODE,),
    "learners:certificate": (CERTIFICATE,),
    "learners:certificate_pdf": (CERTIFICATE,),
    "learners:verify": (LOOK_UP,),
    "storefront:checkout": (CHECKOUT, CHECKOUT_CODE),
    "wagtailcore_authenticate_with_password": (PASSWORD_OF_A_PAGE,),
    "wagtaildocs_authenticate_with_password": (PASSWORD_OF_A_PAGE,),
    # Mails
    "studio:team": (INVITATION,),
    # What somebody has to read
    "learners:apply": (APPLICATION,),
    "learners:review": (REVIEW,),
    # Uploads
    "learners:account": (PICTURE,),
    "studio:bring_course": (IMPORT,),
    "studio:copy_course": (IMPORT,),
    "studio:outline_files": (UPLOAD,),
    "wagtailimages:add": (UPLOAD,),
    "wagtailimages:add_multiple": (UPLOAD,),
    "wagtailimages:edit": (UPLOAD,),
    "wagtailimages_chooser:create": (UPLOAD,),
    "wagtaildocs:add": (UPLOAD,),
    "wagtaildocs:add_multiple": (UPLOAD,),
    "wagtaildocs:edit": (UPLOAD,),
    "wagtaildocs_chooser:create": (UPLOAD,),
    # Searches and exports
    "storefront:catalogue": (SEARCH,),
    "storefront:suggestions": (SUGGESTION,),
    "wagtailadmin_pages:search": (LOOKING,),
    "wagtailadmin_pages:search_results": (LOOKING,),
    "wagtailadmin_explore": (LOOKING,),
    "wagtailadmin_explore_results": (LOOKING,),
    "wagtailadmin_choose_page_search": (LOOKING,),
    "wagtailadmin_api:pages:listing": (LOOKING_BY_API,),
    "wagtailadmin_api:images:listing": (LOOKING_BY_API,),
    "wagtailadmin_api:documents:listing": (LOOKING_BY_API,),
    "wagtailimages:index": (LOOKING,),
    "wagtailimages:index_results": (LOOKING,),
    "wagtailimages_chooser:choose": (LOOKING,),
    "wagtailimages_chooser:choose_results": (LOOKING,),
    "wagtaildocs:index": (LOOKING,),
    "wagtaildocs:index_results": (LOOKING,),
    "wagtaildocs_chooser:choose": (LOOKING,),
    "wagtaildocs_chooser:choose_results": (LOOKING,),
    "wagtailsnippetchoosers_courses_category:choose": (LOOKING,),
    "wagtailsnippetchoosers_courses_category:choose_results": (LOOKING,),
    "wagtailusers_users:index": (LOOKING, EXPORT),
    "wagtailusers_users:index_results": (LOOKING, EXPORT),
    "wagtailadmin_tag_autocomplete": (TAGS,),
    "wagtailadmin_tag_model_autocomplete": (TAGS,),
    "applications:index": (LOOKING, EXPORT),
    "returns:index": (LOOKING, EXPORT),
    "accounting:sales": (LOOKING, EXPORT),
    "accounting:sales_results": (LOOKING, EXPORT),
    **{f"{name}_modeladmin_index": (LOOKING, EXPORT) for name in LISTS},
    # Studying and writing, which browsers do by themselves
    "learners:quiz": (QUIZ,),
    "learners:complete": (STUDY,),
    "learners:incomplete": (STUDY,),
    "learners:zone": (STUDY,),
    "formulas:preview": (FORMULA,),
    "wagtailadmin_pages:add": (COMMENT,),
    "wagtailadmin_pages:edit": (COMMENT,),
    "moderation:comment": (COMMENT,),
}
