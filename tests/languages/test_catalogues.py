"""Marked texts are found, each goes to its app, and nothing else changes a catalogue."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from perfomix.languages import catalogues

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    """A small project; ``project(path, text)`` writes a file of it, and the value is its root."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return tmp_path

    return write


def po(root: Path, app: str, language: str = "en") -> Path:
    return root / app / "locale" / language / "LC_MESSAGES" / "django.po"


def texts(root: Path, app: str) -> set:
    """The source of an app: each text, beside its context when it has one."""
    with po(root, app).open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {(m.context, m.id) if m.context else m.id for m in messages}


def test_every_way_to_mark_a_text_in_python_is_found(project):
    root = project(
        "courses/words.py",
        """
_("Plain"), gettext("Called"), gettext_lazy("Lazy"), gettext_noop("Marked only")
ngettext("%(n)d lesson", "%(n)d lessons", n), ngettext_lazy("a day", "days")
pgettext("verb", "Open"), pgettext_lazy("state", "Open")
npgettext("of a map", "sheet", "sheets", n)
gettext("In two "
        "parts")
print("Not marked")
""",
    )

    catalogues.write(root)

    assert texts(root, "courses") == {
        *("Plain", "Called", "Lazy", "Marked only", "In two parts"),
        *(("%(n)d lesson", "%(n)d lessons"), ("a day", "days")),
        *(("verb", "Open"), ("state", "Open"), ("of a map", ("sheet", "sheets"))),
    }


def test_every_way_to_mark_a_text_in_a_template_is_found(project):
    root = project(
        "templates/home/page.html",
        """{% load i18n %}
  <h1 title="{% translate "Title" %}">{% translate "Open" context "verb" %}</h1>
      <p>It's {{ name|default:_("nobody") }}'s {% trans "old" %} “page” — (50%
    {% blocktranslate trimmed count counter=n %}
      {{ counter }} lesson
      of {{ name }}
    {% plural %}
      {{ counter }} lessons
      of {{ name }}
    {% endblocktranslate %}
  {% include "a.html" with text=_("Given on") only %}
{# Translators: a unit #}
{% translate "100% sure" %}
""",
    )

    catalogues.write(root)

    assert texts(root, "home") == {
        *("Title", ("verb", "Open"), "nobody", "old", "Given on", "100%% sure"),
        ("%(counter)s lesson of %(name)s", "%(counter)s lessons of %(name)s"),
    }
    assert "#. Translators: a unit" in po(root, "home").read_text()


@pytest.mark.parametrize(
    ("path", "app"),
    [
        ("storefront/checkout/views.py", "storefront"),
        ("site/mailbox.py", "site"),
        ("templates/courses/blocks/video.html", "courses"),
        ("templates/mail/receipt.txt", "courses"),
        ("templates/account/login.html", "learners"),
        ("templates/allauth/layouts/entrance.html", "learners"),
        ("templates/modeladmin/storefront/order/inspect.html", "storefront"),
        ("templates/components/toast.html", "site"),
        ("templates/site/mailbox/index.html", "site"),
        ("templates/404.html", "site"),
    ],
)
def test_a_text_goes_to_the_app_that_shows_it(path, app):
    assert catalogues.owner(Path(path)) == app


def test_migrations_the_demo_and_the_local_stripe_are_not_read(project):
    for folder in ("courses/migrations", "home/demo", "storefront/stripesim"):
        root = project(f"{folder}/file.py", '_("Nothing to translate")')

    catalogues.write(root)

    assert not any(texts(root, app) for app in ("courses", "home", "storefront"))


def test_writing_twice_changes_nothing_and_moving_a_line_neither(project):
    root = project("learners/words.py", '_("One")\n_("Two")\n')
    assert po(root, "learners") in catalogues.write(root)
    first = po(root, "learners").read_bytes()

    assert catalogues.write(root) == []
    project("learners/words.py", '\n\n_("Two")\n\n_("One")\n')

    assert catalogues.write(root) == []
    assert po(root, "learners").read_bytes() == first
    assert b"Date" not in first
    assert b"#: learners/words.py\n" in first


def test_a_new_text_makes_its_catalogues_out_of_date_and_nothing_is_written(project):
    root = project("learners/words.py", '_("One")')
    catalogues.write(root)
    assert catalogues.outdated(root) == []
    before = po(root, "learners").read_bytes()

    project("learners/words.py", '_("One"), _("Another")')

    assert catalogues.outdated(root) == [po(root, "learners")]
    assert po(root, "learners").read_bytes() == before


def test_a_translation_is_kept_compiled_and_told_what_is_new(project):
    root = project("courses/words.py", '_("Lesson"), _("Chapter")')
    project(
        "courses/locale/de/LC_MESSAGES/django.po",
        'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Lesson"\nmsgstr "Lektion"\n\nmsgid "Gone"\nmsgstr "Weg"\n',
    )

    catalogues.write(root)

    source = po(root, "courses", "de").read_text()
    assert 'msgid "Chapter"\nmsgstr ""' in source
    assert '#~ msgid "Gone"' in source
    with po(root, "courses", "de").with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Lesson") == "Lektion"
    assert compiled.gettext("Chapter") == "Chapter"


def test_a_language_learns_what_we_say_instead_of_wagtail(project):
    head = (
        'msgid ""\nmsgstr ""\n"Language: {0}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    english = 'msgid "Add child page"\nmsgstr "Add a page inside"\n'
    place = catalogues.INSTEAD + "/{0}/LC_MESSAGES/django.po"
    project(place.format("en"), head.format("en") + english)
    root = project(place.format("de"), head.format("de"))

    catalogues.write(root)

    assert 'msgstr "Add a page inside"' in (root / place.format("en")).read_text()
    german = (root / place.format("de")).read_text()
    assert "#. Ours in English: Add a page inside\n" in german
    assert 'msgid "Add child page"\nmsgstr ""' in german
    with (root / place.format("en")).with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Add child page") == "Add a page inside"
    assert catalogues.write(root) == []


def test_the_committed_catalogues_are_those_of_the_code():
    assert [str(path.relative_to(ROOT)) for path in catalogues.outdated(ROOT)] == []
