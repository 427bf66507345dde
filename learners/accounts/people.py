"""Wagtail's list of users for people with one name, a role and no password set by others.

Loaded by ``learners.apps.UsersConfig``. A person who is created here signs in with a code
from their mailbox. Nobody is deleted: what was bought, sold and taught keeps its person, so
an account is closed instead. Nobody changes their own role.

Wagtail's own list and no modeladmin one: ``wagtail.users`` owns the addresses under
``/admin/users/``, and with them the menu entry, the forms, the bulk actions, the log and the
links that the editor draws wherever it names a person. A list of ours would stand beside all
that and not in its place.
"""

import logging
from dataclasses import replace
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormMixin
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from courses.records import searching
from courses.records.searching import WordSearch
from courses.shapes.addresses import AddressField
from learners.models import Role, User

from .consequences import Led, courses_led_by
from .forms import NameField
from .roles import is_moderator, other_admin_exists, set_moderator, set_role

logger = logging.getLogger(__name__)


class RightsFields(forms.ModelForm):
    """Role and moderation, written by the verbs and by nothing else."""

    first_name = last_name = is_superuser = None

    name = NameField(label=_("Name"), help_text=_("As it is printed on certificates."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.CONSUMER)
    moderator = forms.BooleanField(
        label=_("Moderator"),
        required=False,
        help_text=_("Decides on courses that producers submit. An admin is a moderator too."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._by = by

    def save(self, commit: bool = True) -> User:
        """The person, then the rights, all or nothing."""
        with transaction.atomic():
            user = super().save(commit)
            if "role" in self.fields:
                role = self.cleaned_data["role"]
                user = set_role(user=user, role=role, by=self._by)
                moderator = role == Role.ADMIN or self.cleaned_data["moderator"]
                user = set_moderator(user=user, moderator=moderator, by=self._by)
        return user

    def _tell(self, what: str, event: str, person: User) -> None:
        logger.info(
            what, extra={"event": event, "person": str(person.pk), "user": str(self._by.pk)}
        )


class PersonCreationForm(RightsFields, UserCreationForm):
    email = AddressField(label=_("E-mail"))

    class Meta:
        model = User
        fields = ["name", "email"]

    error_messages = {
        **UserCreationForm.error_messages,
        "duplicate_username": _("There is an account with this e-mail address."),
    }

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        """The address is verified by the code with which the person first signs in."""
        self.instance.set_unusable_password()
        user = super().save(commit)
        EmailAddress.objects.create(user=user, email=user.email, primary=True)
        self._tell("account made by an admin", "account.created", user)
        return user


class PersonEditForm(RightsFields, UserEditForm):
    """The address is changed by its owner, who proves to have it."""

    email = None
    is_active = forms.BooleanField(
        required=False, label=_("Open"), help_text=_("Untick to close the account at once.")
    )

    class Meta:
        model = User
        fields = ["name", "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        # Wagtail's own would take away fields that are not here.
        super().__init__(*args, editing_self=False, **kwargs)
        self.fields["role"].initial = self.instance.role
        self.fields["moderator"].initial = is_moderator(self.instance)
        if editing_self:
            for name in ("role", "moderator", "is_active"):
                del self.fields[name]
            return
        if not self.instance.is_active:
            self.fields["is_active"].help_text = _("Tick to open the account again.")
        led = courses_led_by(self.instance)
        if led.on_sale:
            self.fields["is_active"].help_text = format_html(
                "{} {}", self.fields["is_active"].help_text, _what_leaves(led)
            )
            self.fields["role"].help_text = format_html(
                "{} {}", gettext("For somebody who stops teaching:"), _what_leaves(led)
            )
        elif led.waiting:
            self.fields["is_active"].help_text = format_html(
                "{} {}", self.fields["is_active"].help_text, _what_waits(led)
            )

    @property
    def username_field(self) -> None:
        return None

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        stays = cleaned.get("role") == Role.ADMIN and cleaned.get("is_active")
        was_admin = User.objects.get(pk=self.instance.pk).role == Role.ADMIN
        steps_down = "role" in self.fields and was_admin and not stays
        if steps_down and not other_admin_exists(self.instance):
            raise forms.ValidationError(
                gettext("This is the last admin. Make somebody else an admin first."),
                code="last_admin",
            )
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        user = super().save(commit)
        if "is_active" in self.changed_data:
            done = "opened" if user.is_active else "closed"
            self._tell(f"account {done}", f"account.{done}", user)
        return user


def _what_leaves(led: Led) -> str:
    """“3 courses leave the shop until … 41 learners keep what they bought.”"""
    leaving = ngettext(
        "%(n)s course leaves the shop until another lead is named.",
        "%(n)s courses leave the shop until another lead is named.",
        led.on_sale,
    ) % {"n": led.on_sale}
    keeping = ngettext(
        "%(n)s learner keeps what they bought.",
        "%(n)s learners keep what they bought.",
        led.learners,
    ) % {"n": led.learners}
    return format_html("{} {}", leaving, keeping) if led.learners else leaving


def _what_waits(led: Led) -> SafeString:
    """Courses that nobody leads any more, each with the way to their teams."""
    ways = ((reverse("studio:team", args=[course.pk]), course.title) for course in led.waiting)
    links = format_html_join(", ", '<a href="{}">{}</a>', ways)
    return format_html(gettext("Without a lead, and so not sold: {courses}."), courses=links)


class PeopleIndexView(users.IndexView):
    page_title = _("People")
    search_fields = ["name", "email"]

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(users.UserColumn)
        return [
            title(
                "name",
                label=_("Name"),
                accessor=lambda user: user.name or user.email,
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("E-mail"), sort_key="email", width="25%", classname="email"),
            Column(
                "role", label=_("Role"), accessor="get_role_display", sort_key="role", width="10%"
            ),
            BooleanColumn("is_active", label=_("Open"), sort_key="is_active", width="8%"),
            DateColumn("created_at", label=_("Since"), sort_key="created_at", width="14%"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login", width="14%"),
        ]

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """By the beginnings of words, which an index answers: a million people are read by none."""
        if not self.is_searching:
            return queryset
        return WordSearch(self.search_fields).search_queryset(queryset, self.search_query)

    def get_paginator(self, queryset: QuerySet[User], *args: Any, **kwargs: Any) -> Paginator:
        """A search that ends before all were found says so."""
        paginator = super().get_paginator(queryset, *args, **kwargs)
        if self.is_searching and paginator.total.number >= searching.MOST_FOUND:
            paginator.total = replace(paginator.total, and_more=True)
        return paginator

    def get_delete_url(self, instance: User) -> None:
        return None


class FilterSet(users.UserFilterSet):
    is_superuser = None

    class Meta:
        model = User
        fields = ["role"]


class KnowsWhoActs(FormMixin):
    """Hands the person who is signed in to the form, for the log of rights."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class CreateView(KnowsWhoActs, users.CreateView):
    pass


class EditView(KnowsWhoActs, users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def get_delete_url(self) -> None:
        return None


class DeleteView(users.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise PermissionDenied(gettext("Accounts are closed, not deleted."))


class UserViewSet(users.UserViewSet):
    index_view_class = PeopleIndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    filterset_class = FilterSet
    copy_view_enabled = False  # a person is not the copy of another
    menu_label = _("People")
    ordering = "name"
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[RightsFields]:
        return PersonEditForm if for_update else PersonCreationForm
