"""What a column holds and what a form takes: one bound, wherever something is typed.

A text that a form lets through and its column does not is an error of ours (DataError). A form that
takes less than its column refuses somebody for nothing. So every pair of them stands here: found by
walking all forms of models, or named in the tables below, each exception with its reason.
"""

import importlib
import pkgutil

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models
from taggit.models import Tag
from wagtail.blocks import IntegerBlock
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, Page, get_page_models
from wagtail.snippets.models import get_snippet_models
from wagtail_modeladmin.options import ModelAdmin

from courses.blocks import ItemStream, LessonStream
from courses.blocks.lists import MOST_BLOCKS
from courses.models import (
    CourseDocument,
    CourseImage,
    CoursePage,
    OutboxMail,
    ReleaseItem,
    TeamInvitation,
)
from home.models import Inquiry
from learners.models import Certificate, ProducerApplication, Review, User
from storefront.models import (
    CatalogueEntry,
    Coupon,
    Order,
    OrderLine,
    Refund,
    ReturnRequest,
    Seller,
)

OURS = ("courses", "learners", "storefront", "home")

# Fields of forms that are no model's, and the column that keeps what they take.
KEPT_IN = {
    "home.help.forms.InquiryForm.text": (Inquiry, "text"),
    "home.help.forms.VisitorForm.text": (Inquiry, "text"),
    "home.help.forms.MemberForm.text": (Inquiry, "text"),
    "home.help.forms.VisitorForm.email": (Inquiry, "email"),
    "storefront.checkout.views.refund.RefundForm.reason": (Refund, "reason"),
    "storefront.returns.forms.ReturnForm.words": (ReturnRequest, "words"),
    "storefront.returns.forms.ReturnAtOnceForm.words": (ReturnRequest, "words"),
    "storefront.returns.forms.AskForReturnForm.words": (ReturnRequest, "words"),
    "storefront.returns.forms.ReturnDecisionForm.answer": (ReturnRequest, "answer"),
    "learners.accounts.application_views.DecisionForm.note": (ProducerApplication, "note"),
    "learners.reviews.forms.ReviewForm.content": (Review, "content"),
    "courses.teams.forms.InviteForm.email": (TeamInvitation, "email"),
    "courses.beginning.forms.NewCourseForm.title": (Page, "title"),
    "learners.accounts.forms.SignupForm.email": (User, "email"),
    "learners.accounts.forms.SignupForm.name": (User, "name"),
    "learners.accounts.forms.AddEmailForm.email": (EmailAddress, "email"),
}

# Fields of forms that write nothing, or into a column without a bound, with the reason.
KEPT_NOWHERE = {
    "courses.moderation.forms.ReleaseDecisionForm.comment": "Into texts without a bound; its own "
    "is the length of a mail.",
    "courses.moderation.forms.ReleaseDecisionForm.note": "As above.",
    "courses.moderation.forms.ChangesForm.comment": "As above.",
    "courses.moderation.forms.ChangesForm.note": "As above.",
    "courses.moderation.forms.CommentForm.text": "As above.",
    "learners.accounts.forms.*.password": "Only its hash is kept.",
    "learners.accounts.forms.*.password1": "Only its hash is kept.",
    "learners.accounts.forms.*.password2": "Only its hash is kept.",
    "learners.accounts.forms.*.oldpassword": "Only compared.",
    "learners.accounts.forms.*.code": "Only compared.",
    "learners.accounts.forms.*.login": "Only looked for.",
    "learners.accounts.forms.*.email": "Only looked for.",
    "learners.accounts.forms.SignupForm.time_zone": "Kept when it is a zone that we know.",
    "learners.accounts.forms.*.username": "allauth takes it out; the address is the name.",
    "learners.certificates.forms.VerifyForm.code": "Only looked for.",
    "home.styleguide.ExampleForm.*": "Shown to designers and posted nowhere.",
}

# Columns that are filled from another column, and which.
COPIES = {
    (ReleaseItem, "title"): (Page, "title"),
    (ReleaseItem, "slug"): (Page, "slug"),
    (CatalogueEntry, "title"): (Page, "title"),
    (CatalogueEntry, "slug"): (Page, "slug"),
    (CatalogueEntry, "subtitle"): (CoursePage, "subtitle"),
    (CatalogueEntry, "tags"): (Tag, "name"),
    (CatalogueEntry, "producer_name"): (User, "name"),
    (CatalogueEntry, "level"): (CoursePage, "level"),
    (CatalogueEntry, "language"): (CoursePage, "language"),
    (CatalogueEntry, "currency"): (CoursePage, "currency"),
    (Certificate, "name"): (User, "name"),
    (Certificate, "course_title"): (Page, "title"),
    (Certificate, "producer_name"): (User, "name"),
    (OrderLine, "title"): (Page, "title"),
    (OrderLine, "producer_name"): (User, "name"),
    (Order, "buyer_name"): (User, "name"),
    (Order, "seller_name"): (Seller, "name"),
    (Order, "seller_address"): (Seller, "address"),
    (Order, "seller_tax_number"): (Seller, "tax_number"),
    (Order, "coupon_code"): (Coupon, "code"),
    (OutboxMail, "to"): (User, "email"),
    (Collection, "name"): (Page, "title"),
    (CourseImage, "title"): (Page, "title"),
    (CourseDocument, "title"): (Page, "title"),
}

# Columns that nobody types into and that are copied from no other, and what fills them.
MADE = {
    "courses.CourseDocument.file_hash": "SHA-1, of Wagtail's.",
    "courses.CourseImage.file_hash": "SHA-1, of Wagtail's.",
    "courses.CourseImport.file": "A key and an end (courses/beginning/bringing.py).",
    "courses.CourseImport.format": "A name of courses/exchange/registry.py.",
    "courses.CourseImport.language": "One of LANGUAGES.",
    "courses.CourseImport.name": "Cut (courses/beginning/bringing.py).",
    "courses.CourseRendition.filter_spec": "From a list of our own (learners/access/files.py).",
    "courses.CourseRendition.focal_point_key": "Numbers, of Wagtail's.",
    "courses.Export.file": "A key and a number (courses/exports/writing.py).",
    "courses.Export.filename": "Cut (courses/exports/asking.py).",
    "courses.Export.language": "One of LANGUAGES.",
    "courses.Export.occasion": "SHA-256.",
    "courses.Export.rights": "SHA-256.",
    "courses.Export.title": "Cut (courses/exports/asking.py).",
    "courses.Export.zone": "A name of the zone that is in force.",
    "courses.OutboxMail.key": "An occasion and keys; addresses in it are digests.",
    "courses.OutboxMail.reply_to": "An address that a form has taken: see KEPT_IN.",
    "courses.OutboxMail.subject": "Cut where it is rendered (courses/outbox/queue.py).",
    "courses.Promise.key": "An occasion and a key.",
    "courses.Promise.name": "Names in the code.",
    "courses.ReleaseItem.captions": "Codes of CAPTION_LANGUAGES.",
    "courses.ReleaseItem.content_type": "One of LessonKind.",
    "courses.ReleaseItem.digest": "SHA-256.",
    "courses.ReleaseItem.media": "A kind and a key.",
    "home.SitemapPart.section": "Names in the code.",
    "learners.Certificate.code": "Made by new_code.",
    "learners.User.language": "One of LANGUAGES.",
    "learners.User.password": "A hash.",
    "storefront.CatalogueEntry.captions": "All codes of CAPTION_LANGUAGES are shorter.",
    "storefront.CatalogueEntry.cover_srcset": "The same of three widths.",
    "storefront.CatalogueEntry.cover_url": "Wagtail cuts names of renditions to 100 plain letters.",
    "storefront.LedgerEntry.currency": "A code of the order's.",
    "storefront.LedgerEntry.memo": "Cut where it is booked (storefront/accounting/ledger.py).",
    "storefront.Order.buyer_email": "The address of an account.",
    "storefront.Order.currency": "One of Currency.",
    "storefront.Order.number": "A year and a counter.",
    "storefront.Order.zone": "A zone that we know, of the buyer's.",
    "storefront.Payment.checkout_url": "Stripe's; 2,000 letters are what addresses have at most.",
    "storefront.Payment.currency": "A code of the order's.",
    "storefront.Payment.idempotency_key": "Keys of ours.",
    "storefront.Payment.payment_intent": "Stripe's; it promises 255 at most.",
    "storefront.Payment.session_id": "Stripe's; it promises 255 at most.",
    "storefront.FacetCount.facet": "Words of ours (storefront/catalogue/facets.py), by triggers.",
    "storefront.FacetCount.value": "Values of the entries' own columns, by triggers.",
    "storefront.Pigeonhole.captions": "The entries' own, by triggers.",
    "storefront.Pigeonhole.certificate": "The entries' own, by triggers.",
    "storefront.Pigeonhole.language": "The entries' own, by triggers.",
    "storefront.Pigeonhole.length": "Words of ours, by triggers.",
    "storefront.Pigeonhole.level": "The entries' own, by triggers.",
    "storefront.Pigeonhole.price_group": "Words of ours and codes of currencies, by PostgreSQL.",
    "storefront.Pigeonhole.stars": "Words of ours, by triggers.",
    "storefront.Refund.currency": "A code of the order's.",
    "storefront.Refund.idempotency_key": "Keys of ours.",
    "storefront.Refund.refund_id": "Stripe's; it promises 255 at most.",
    "storefront.WebhookEvent.event_id": "Read with this bound (storefront/payments/stripe.py).",
    "storefront.WebhookEvent.type": "Read with this bound (storefront/payments/stripe.py).",
}


@pytest.fixture(scope="module", autouse=True)
def everything_is_loaded():
    for app in OURS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name and ".stripesim" not in module.name:
                importlib.import_module(module.name)


def below(cls):
    for child in cls.__subclasses__():
        yield child
        yield from below(child)


def named(form_class) -> str:
    return f"{form_class.__module__}.{form_class.__qualname__}"


def forms_of_models():
    """Every form that the editor, the admin and our own pages make of a model."""
    for model in get_page_models():
        yield model.get_edit_handler().get_form_class()
    for model in get_snippet_models():
        yield model.snippet_viewset.get_edit_handler().get_form_class()
    for admin in below(ModelAdmin):
        if admin.__module__.startswith(OURS) and hasattr(admin, "panels"):
            yield admin().get_edit_handler().bind_to_model(admin.model).get_form_class()
    yield get_image_form(CourseImage)
    yield get_document_form(CourseDocument)
    yield get_setting_edit_handler(Seller).get_form_class()
    for form_class in below(forms.BaseModelForm):
        if form_class.__module__.startswith(OURS) and form_class._meta.model:
            yield form_class


def pairs():
    found = {(named(one), one._meta.model): one for one in forms_of_models()}
    for form_class in found.values():
        for name, field in form_class.base_fields.items():
            try:
                column = form_class._meta.model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            yield named(form_class), name, field, column


def typed_texts():
    """Where words are typed: a choice and a file are bounded by what may be chosen."""
    for form, name, field, column in pairs():
        if isinstance(field, forms.CharField) and hasattr(column, "max_length"):
            yield form, name, field, column


def test_a_form_of_a_model_takes_as_much_text_as_its_column_holds():
    wrong = {
        f"{form}.{name}": (field.max_length, column.max_length)
        for form, name, field, column in typed_texts()
        if field.max_length != column.max_length
    }

    assert wrong == {}
    assert len(list(typed_texts())) > 40  # the control: there was something to compare


def limits(column) -> list:
    """What a number's column does not hold any more."""
    if isinstance(column, models.DecimalField):
        most = 10 ** (column.max_digits - column.decimal_places)
        return [most, -most]
    low, high = connection.ops.integer_field_range(column.get_internal_type())
    return [low - 1, high + 1]


def refused(field, column, value) -> bool:
    try:
        column.clean(field.clean(str(value)), None)
    except ValidationError:
        return True
    return False


def test_a_number_that_its_column_does_not_hold_is_a_mistake_in_its_field():
    numbers = [
        (f"{form}.{name}", field, column)
        for form, name, field, column in pairs()
        if isinstance(column, models.IntegerField | models.DecimalField)
        and isinstance(field, forms.IntegerField | forms.DecimalField)
    ]

    wrong = {
        (name, value)
        for name, field, column in numbers
        for value in limits(column)
        if not refused(field, column, value)
    }

    assert wrong == set()
    assert len(numbers) >= 6


def plain_fields():
    """Every field for words of our forms that are no model's, with its place in the code."""
    for form_class in below(forms.BaseForm):
        ours = form_class.__module__.startswith(OURS)
        if ours and not issubclass(form_class, forms.BaseModelForm):
            for name, field in form_class.base_fields.items():
                if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                    yield f"{named(form_class)}.{name}", form_class, name


def excused(place) -> bool:
    module, form, name = place.rsplit(".", 2)
    return bool(KEPT_NOWHERE.keys() & {place, f"{module}.*.{name}", f"{module}.{form}.*"})


def test_every_field_of_a_plain_form_is_said_to_be_kept_somewhere_or_nowhere():
    there = {place for place, _form, _name in plain_fields()}

    assert {place for place in there if place not in KEPT_IN and not excused(place)} == set()
    assert KEPT_IN.keys() - there == set()


def test_a_plain_form_takes_as_much_text_as_the_column_that_keeps_it():
    # allauth's own make longer fields, which are shortened when the form is made.
    shortened = {
        "learners.accounts.forms.SignupForm": lambda form: form(),
        "learners.accounts.forms.AddEmailForm": lambda form: form(user=User()),
    }
    wrong = {}
    for place, form_class, name in plain_fields():
        if place in KEPT_IN:
            model, column = KEPT_IN[place]
            make = shortened.get(named(form_class))
            field = make(form_class).fields[name] if make else form_class.base_fields[name]
            bound = model._meta.get_field(column).max_length
            if field.max_length != bound:
                wrong[place] = (field.max_length, bound)

    assert wrong == {}


def bound(model, name):
    column = model._meta.get_field(name)
    return (column.base_field if isinstance(column, ArrayField) else column).max_length


def test_what_is_copied_fits_where_it_is_copied_to():
    wrong = {
        (target, source)
        for target, source in COPIES.items()
        if bound(*target) is not None and bound(*target) < (bound(*source) or float("inf"))
    }

    assert wrong == set()


def test_every_bounded_column_is_typed_into_copied_to_or_filled_by_ourselves():
    typed = {(column.model, column.name) for *_, column in pairs()}
    known = typed | COPIES.keys() | set(KEPT_IN.values())
    left = set()
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for column in model._meta.local_concrete_fields:
                base = column.base_field if isinstance(column, ArrayField) else column
                words = isinstance(base, models.CharField) and base.max_length and not base.choices
                if words and (model, column.name) not in known:
                    left.add(f"{model._meta.label}.{column.name}")

    assert left == MADE.keys()


def every_block(block):
    yield block
    inner = [getattr(block, "child_block", None), *getattr(block, "child_blocks", {}).values()]
    for child in filter(None, inner):
        yield from every_block(child)


def test_a_number_in_a_block_has_a_bound_and_their_sum_fits_the_minutes_of_a_course():
    numbers = [
        block.field
        for stream in (LessonStream(), ItemStream())
        for block in every_block(stream)
        if isinstance(block, IntegerBlock)
    ]
    assert numbers
    assert all(field.min_value is not None and field.max_value is not None for field in numbers)
    longest_lesson = MOST_BLOCKS * max(field.max_value for field in numbers) // 60
    _low, most = connection.ops.integer_field_range(
        ReleaseItem._meta.get_field("minutes").get_internal_type()
    )

    # Seven thousand lessons of two hundred films, each of a day.
    assert 7_000 * longest_lesson <= most
