"""What a team gives is asked of the page in question: nobody lists five hundred courses for it."""

from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.models import PagePermissionTester


def ask_teams_of_one_page() -> None:
    made = PagePermissionTester.__init__

    @wraps(made)
    def init(tester: Any, user: Any, page: Any) -> None:
        made(tester, user, page)
        if hasattr(tester, "permissions"):
            tester.permissions |= tester.permission_policy.team_actions(user, page)

    def get_valid_parent_pages(view: Any, user: Any) -> Any:
        models = view.model.allowed_parent_page_models()
        kinds = list(ContentType.objects.get_for_models(*models).values())
        pages = view.permission_policy.instances_user_has_permission_for(user, "add")
        return pages.filter(content_type__in=kinds)

    PagePermissionTester.__init__ = init
    ChooseParentView.get_valid_parent_pages = get_valid_parent_pages
