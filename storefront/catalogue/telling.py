"""What a question of the catalogue is called, and how its choices are undone."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.models import Category
from courses.wording.apart import apart

from .browsing import CatalogueQuery
from .facets import FACETS


def chips(
    query: CatalogueQuery, categories: Sequence[Category], here: str
) -> tuple[tuple[str, str], ...]:
    """What is chosen, as text and the address without it."""
    chips = []
    if query.text:
        rest = CatalogueQuery(chosen=query.chosen)
        chips.append((f"“{apart(query.text)}”", here + rest.querystring()))
    for name, values in query.chosen.items():
        labels = FACETS[name].labels(categories, query.producers)
        for value in values:
            text = labels[value]
            match name:
                case "rating":
                    text = _("Rated %(rating)s") % {"rating": text}
                case "captions":
                    text = _("Captions: %(language)s") % {"language": text}
                case "certificate":
                    text = _("Certificate for: %(proof)s") % {"proof": text}
                case "producer":
                    text = apart(text)
            chips.append((text, here + query.without(name, value).querystring()))
    return tuple(chips)


def heading(query: CatalogueQuery, categories: Sequence[Category], *, mended: str = "") -> str:
    """``mended``: what is shown instead of what was typed, which finds nothing."""
    if query.text:
        return _("Courses on “%(words)s”") % {"words": apart(mended or query.text)}
    category = _only_category(query, categories)
    return category.name if category else _("Courses")


def continued(heading: str) -> str:
    """Of a later page. Pages that are read by cursor have no number."""
    # Translators: the heading of a list on its second page and all after it.
    return _("%(heading)s, continued") % {"heading": heading}


def promise(query: CatalogueQuery, categories: Sequence[Category]) -> str:
    """One sentence about this shelf, for search engines."""
    category = _only_category(query, categories)
    if category:
        return _(
            "Courses in %(subject)s by people who do the work, each one reviewed before it "
            "opens. Read open lessons first, buy once, keep it."
        ) % {"subject": category.name}
    return _(
        "Courses by people who do the work, each one reviewed before it opens. Read open "
        "lessons first, buy once, keep it."
    )


def trail(
    query: CatalogueQuery, categories: Sequence[Category], here: str
) -> tuple[tuple[str, str], ...]:
    category = _only_category(query, categories)
    if category:
        return ("/", _("Home")), (here, _("Courses")), ("", category.name)
    return ("/", _("Home")), ("", _("Courses"))


def robots(query: CatalogueQuery) -> str:
    """Only whole shelves belong into search engines, not every combination of filters."""
    chosen = [name for name, values in query.chosen.items() if values]
    is_narrow = bool(query.text) or chosen not in ([], ["category"])
    return "noindex, follow" if is_narrow else ""


def canonical(query: CatalogueQuery, here: str) -> str:
    """The whole catalogue, or one subject: sorts, filters and pages are views of these."""
    slugs = query.chosen["category"]
    if query.text or len(slugs) != 1:
        return here
    return here + CatalogueQuery(chosen={"category": slugs}).querystring()


def _only_category(query: CatalogueQuery, categories: Sequence[Category]) -> Category | None:
    slugs = query.chosen["category"]
    if query.text or len(slugs) != 1:
        return None
    return next(category for category in categories if category.slug == slugs[0])
