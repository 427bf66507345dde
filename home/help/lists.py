"""What people wrote to us as a list: those that wait first, the others one click away."""

from typing import Any
from urllib.parse import quote, urlencode

from django.contrib.admin import SimpleListFilter, display
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.people import Person
from courses.records.lists import ReadOnly, Records, RecordView
from courses.words.cutting import shorten
from home.models import Inquiry


class StateFilter(SimpleListFilter):
    """Without a choice only what waits is listed, as in an inbox."""

    title = pgettext_lazy("of an inquiry", "State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("answered", _("Answered")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what stands there before anybody chose."""
        first, *others = super().choices(changelist)
        yield {**first, "display": gettext("Waiting")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        if self.value() == "all":
            return queryset
        return queryset.filter(answered_at__isnull=self.value() != "answered")


class InquiryPermissions(ReadOnly):
    """Nobody edits what somebody wrote; deleted it can be, should they ask for that."""

    def user_can_delete_obj(self, user: Person, obj: Model) -> bool:
        delete = self.get_perm_codename("delete")
        return bool(self.user_has_specific_permission(user, delete))


class InquiryView(RecordView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(write_to=mail_to(self.instance), **kwargs)


def mail_to(inquiry: Inquiry) -> str:
    """What opens an admin's own mail program, with the address and the subject filled in."""
    subject = gettext("Your message to us")
    if inquiry.order:
        subject = gettext("Your message about order %(number)s") % {"number": inquiry.order.number}
    filled_in = urlencode({"subject": subject}, quote_via=quote)
    return f"mailto:{quote(inquiry.email, safe='@')}?{filled_in}"


class InquiryAdmin(Records):
    model = Inquiry
    menu_label = _("Inquiries")
    menu_icon = "comment"
    menu_order = 260
    permission_helper_class = InquiryPermissions
    inspect_view_class = InquiryView
    list_display = ("email", "begins", "about", "created_at", "state")
    list_filter = (StateFilter, "created_at")
    search_fields = ("email", "text", "order__number", "user__email", "user__name")
    list_select_related = ("order", "user", "answered_by")
    ordering = ("-created_at", "-pk")
    export_filename = "inquiries"
    list_export = ("email", "text", "about", "created_at", "answered_at", "answered_by")

    @display(description=_("Message"))
    def begins(self, inquiry: Inquiry) -> str:
        return shorten(inquiry.text, 48)

    @display(description=_("Order"))
    def about(self, inquiry: Inquiry) -> str:
        return inquiry.order.number if inquiry.order else ""

    @display(description=pgettext_lazy("of an inquiry", "State"), ordering="answered_at")
    def state(self, inquiry: Inquiry) -> str:
        return gettext("Answered") if inquiry.answered_at else gettext("Waiting")
