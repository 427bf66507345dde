"""The list of what we bend in Wagtail is complete, true, and speaks up on another Wagtail."""

import pytest
from django.core.checks import run_checks
from django.utils.translation import override
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.ui.sidebar import MainMenuModule
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from courses.drafts import digest
from courses.wagtail_bends import fitting
from courses.wagtail_bends.listed import BENDS, Bend
from tests.builders import a_course


def complaints(code: str) -> list[str]:
    return [error.msg for error in run_checks() if error.id == code]


def test_all_is_well_on_a_wagtail_that_was_tried():
    assert [code for code in ("E004", "E005", "E006") if complaints(f"courses.{code}")] == []


def test_a_wagtail_that_nobody_tried_is_refused(monkeypatch, settings):
    monkeypatch.setattr(fitting, "VERSION", (9, 4, 0, "final", 1))
    settings.TRY_NEXT_WAGTAIL = False

    assert complaints("courses.E004") == ["Nobody has tried our bends on Wagtail 9.4."]

    settings.TRY_NEXT_WAGTAIL = True
    assert complaints("courses.E004") == []


@pytest.mark.parametrize(
    "name",
    [
        "wagtail.models.WorkflowState.no_such_method",
        "wagtail.models.NoSuchClass.save",
        "wagtail.no_such_module.function",
    ],
)
def test_a_name_that_is_gone_is_told(monkeypatch, name):
    monkeypatch.setattr(fitting, "BENDS", (*BENDS, Bend(name, "used", "For this test.")))

    assert complaints("courses.E005") == [f"{name} is gone from Wagtail: For this test."]


def test_a_new_field_of_wagtails_page_waits_for_a_decision(monkeypatch):
    monkeypatch.setattr(digest, "REVISED_BY_WAGTAIL", digest.REVISED_BY_WAGTAIL - {"seo_title"})

    (told,) = complaints("courses.E006")
    assert told.endswith("bring these fields of a page to the world: seo_title.")


def test_every_bend_says_how_and_why_and_is_listed_once():
    assert {bent.how for bent in BENDS} == {"replaced", "overridden", "used"}
    assert all(bent.why.endswith(".") for bent in BENDS)
    assert len({bent.name for bent in BENDS}) == len(BENDS)


def test_texts_of_the_frame_are_in_the_language_of_each_reader():
    told = []
    for language in ("en", "de", "en"):
        with override(language):
            told.append(wagtailadmin_tags.get_js_translation_strings()["MONTHS"][2])

    assert told == ["March", "März", "March"]


@pytest.mark.django_db
def test_people_are_called_by_their_names_below_the_menu(ada):
    *_items, person = MainMenuModule([], [], ada).js_args()

    assert person["name"] == "Ada Okafor"


@pytest.mark.django_db
def test_whoever_does_not_meet_every_page_reads_the_log_of_their_own(ada, bruno, ivo):
    hers, his = a_course(by=ada), a_course(by=bruno, title="Bread from rye")
    for course, person in ((hers, ada), (his, bruno)):
        log(instance=course, action="wagtail.edit", user=person)

    def read(user) -> set[int]:
        entries = PageLogEntry.objects.viewable_by_user(user)
        return set(entries.filter(action="wagtail.edit").values_list("page", flat=True))

    assert read(ivo) == {hers.pk, his.pk}
    assert read(ada) == {hers.pk}
