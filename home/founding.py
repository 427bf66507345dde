"""What a site begins with: front page, catalogue, plain pages, and the eight subjects."""

import logging
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from courses.models import CataloguePage, Category
from home.models import HomePage, PlainPage, SitemapPart
from home.sitemap.building import promise_sitemap

from .markup import rich_text

logger = logging.getLogger(__name__)

CONTENT = Path(__file__).parent / "content"
WELCOME = "Welcome to your new Wagtail site!"


def found_site() -> CataloguePage:
    """Creates what is missing and returns the catalogue; what is there stays as it is.

    ``manage.py found_site`` calls it on a new machine, the demo before it loads people.
    """
    home = HomePage.objects.first() or _home()
    _site(home)
    catalogue = CataloguePage.objects.first() or _added(
        home, CataloguePage(title="Courses", slug="courses", show_in_menus=True)
    )
    for path in sorted((CONTENT / "pages").glob("*.md")):
        if not PlainPage.objects.filter(slug=path.stem).exists():
            _added(home, _plain_page(path))
    _categories()
    if not SitemapPart.objects.exists():
        promise_sitemap()
    return catalogue


def _home() -> HomePage:
    root = Page.get_first_root_node()
    # The page that a new Wagtail site begins with; nobody has written anything on it.
    begun = Page.objects.child_of(root).filter(title=WELCOME, numchild=0).first()
    if begun is not None:
        Site.objects.filter(root_page=begun).delete()
        begun.delete()
        root = Page.get_first_root_node()
    return _added(root, HomePage(title="Perfomix", slug="perfomix"))


def _site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        address = urlsplit(settings.BASE_URL)
        Site.objects.create(
            hostname=address.hostname,
            port=address.port or {"http": 80, "https": 443}[address.scheme],
            root_page=home,
            is_default_site=True,
            site_name=settings.WAGTAIL_SITE_NAME,
        )
    elif not HomePage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = home
        site.save()


def _plain_page(path: Path) -> PlainPage:
    return PlainPage(slug=path.stem, **founding_text(path.stem))


def founding_text(slug: str) -> dict[str, str]:
    """Title, intro and body of a plain page, as a new site begins with them."""
    head, _, body = (CONTENT / "pages" / f"{slug}.md").read_text()[4:].partition("\n---\n")
    given = dict(line.split(": ", 1) for line in head.splitlines())
    return {"title": given["title"], "intro": given["intro"], "body": _with_headings(body)}


def _with_headings(text: str) -> str:
    """Rich text in which lines that begin with ``##`` are headings."""
    html = []
    for part in text.strip().split("\n\n"):
        if part.startswith("## "):
            html.append(f"<h2>{part[3:]}</h2>")
        else:
            html.append(rich_text(part))
    return "".join(html)


def _categories() -> None:
    names = tomllib.loads((CONTENT / "categories.toml").read_text())
    for order, (pattern, name) in enumerate(names.items(), start=1):
        Category.objects.get_or_create(
            slug=pattern, defaults={"name": name, "pattern": pattern, "order": order}
        )


def _added(parent: Page, page: Page) -> Page:
    added = parent.add_child(instance=page)
    added.save_revision().publish()
    logger.info("page founded", extra={"event": "page.founded", "page": added.pk})
    return type(page).objects.get(pk=added.pk)
