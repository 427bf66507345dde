"""Tags and filters that every template may load: ``{% load interface %}``.

They place what they are given and ask the database nothing.
"""

import hashlib
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from courses.covers import SHAPES
from courses.covers.addresses import generated_cover_url
from courses.covers.pictures import CoverImage, course_picture
from courses.models import CoursePage
from courses.shapes import typed
from courses.wording import facts as wording
from courses.wording.durations import format_clock, format_minutes
from courses.wording.moments import format_hour, format_moment
from courses.wording.money import format_money, format_price
from courses.wording.shares import format_share
from courses.words import names
from courses.words.cutting import shorten

register = template.Library()

TURNING = {
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "indent-decrease",
    "indent-increase",
    "log-out",
    "redo-2",
    "undo-2",
}
TONES = 8
MESSAGE_TONES = {"success": "good", "warning": "warm", "error": "bad"}


@register.simple_tag
def icon(name: str, extra: str = "") -> str:
    """``{% icon "check" %}``: a drawing from the sprite, hidden from screen readers.

    ``extra`` adds classes. Arrows turn round where the text runs from right to left.
    """
    return _icon(name, extra, static("icons/sprite.svg"))


@lru_cache(maxsize=1000, typed=True)
def _icon(name: str, extra: str, sprite: str) -> str:
    """A page has dozens, and a site not many different ones."""
    classes = " ".join(filter(None, ["icon", "flip" if name in TURNING else "", extra]))
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        # From the site itself, wherever STATIC_HOST is: browsers use no drawing of another origin.
        urlsplit(sprite).path,
        name,
    )


@register.simple_tag(takes_context=True)
def words_typed(context: template.Context) -> str:
    """What was typed into the form that this page refuses."""
    return typed.words_typed(context["request"])


@register.simple_tag
def cover_url(seed: UUID | str, pattern: str = "", shape: str = "wide") -> str:
    """Where the generated cover of a course is: its UUID, its pattern, ``wide`` or ``book``."""
    return generated_cover_url(seed=seed, pattern=pattern, shape=shape)


@register.simple_tag
def cover(seed: UUID | str, pattern: str = "", shape: str = "wide", lazy: bool = True) -> str:
    """``{% cover course.uuid course.category.pattern %}``: the generated cover as an image.

    The picture is decoration beside a title, so its alternative text is empty.
    """
    drawn = CoverImage(generated_cover_url(seed=seed, pattern=pattern, shape=shape))
    return _picture(drawn, shape, lazy)


@register.simple_tag
def course_cover(course: CoursePage, lazy: bool = True, sizes: str = "100vw") -> str:
    """``{% course_cover course %}``: the course's thumbnail, else its cover, as an image.

    ``sizes`` is how wide it is shown, where several widths are there to choose from.
    """
    return _picture(course_picture(course), "wide", lazy, sizes, first=not lazy)


@register.simple_tag
def entry_cover(
    src: str, srcset: str = "", lazy: bool = True, sizes: str = "100vw", name: str = ""
) -> str:
    """``{% entry_cover entry.cover entry.cover_srcset %}``: the picture of a row.

    One that is not lazy is the largest in sight. It is followed from page to page by ``name``.
    """
    return _picture(CoverImage(src, srcset), "wide", lazy, sizes, name, first=not lazy)


def _picture(
    picture: CoverImage,
    shape: str,
    lazy: bool,
    sizes: str = "100vw",
    name: str = "",
    *,
    first: bool = False,
) -> str:
    width, height = SHAPES[shape]
    chosen = ""
    if picture.srcset:
        # A browser that waits until a picture is near knows how wide it is.
        shown = f"auto, {sizes}" if lazy else sizes
        chosen = format_html(' srcset="{}" sizes="{}"', picture.srcset, shown)
    return format_html(
        '<img src="{}" alt="" width="{}" height="{}"{}{}{}{}>',
        picture.src,
        width,
        height,
        chosen,
        format_html(' data-cover="cover-{}"', name) if name else "",
        mark_safe(' loading="lazy"') if lazy else "",
        mark_safe(' fetchpriority="high"') if first else "",
    )


@register.simple_tag
def avatar(name: str, seed: object = "", picture: object = None, size: str = "") -> str:
    """A person's round: the picture, else initials in a tone that stays theirs.

    ``picture`` is a file or its address. ``size`` is ``small``, ``large``, ``huge`` or empty.
    """
    scale = f" d-{size}" if size else ""
    url = picture if isinstance(picture, str) else getattr(picture or None, "url", "")
    if url:
        return format_html(
            '<span class="avatar{}" aria-hidden="true"><img src="{}" alt=""></span>', scale, url
        )
    return format_html(
        '<span class="avatar tone-{}{}" aria-hidden="true">{}</span>',
        tone(seed or name),
        scale,
        initials(name),
    )


@register.filter
def moment(at: datetime | None) -> str:
    """``14 November 2026, 09:14 (UTC+1)``, by the reader's clock."""
    return format_moment(at) if at else ""


@register.filter
def hour(at: datetime | None) -> str:
    """``09:14 (UTC+1)``, by the reader's clock."""
    return format_hour(at) if at else ""


@register.filter
def as_seed(word: str) -> UUID:
    """A UUID that is always the same for the same word, for covers of things without one."""
    return uuid5(NAMESPACE_URL, str(word))


@register.filter
def initials(name: str) -> str:
    """``Noor Brandt-Adeyo`` gives ``NB``; see ``courses.words.names``."""
    return names.initials(name)


@register.filter
def short_name(person: object) -> str:
    """``Jonna Aalto`` gives ``Jonna A.``: what strangers read of somebody's name."""
    name = person if isinstance(person, str) else getattr(person, "name", "")
    return names.short_form(name) or gettext("A learner")


@register.filter
def shortened(text: str, most: int) -> str:
    """``{{ person.bio|shortened:160 }}``: at most so many characters, cut where a line may end."""
    return shorten(str(text or ""), most)


@register.filter
def tone(seed: object) -> int:
    """A number from 1 to 8 that is always the same for the same thing."""
    return hashlib.blake2s(str(seed).encode(), digest_size=2).digest()[0] % TONES + 1


@register.filter
def tenths(value: object) -> int:
    """``4.83`` gives ``48``, for the class that fills stars (``r-48``)."""
    number = Decimal(str(value or 0)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return int(min(max(number, Decimal(0)), Decimal(5)) * 10)


@register.filter
def percent(value: float | str | None) -> int:
    """A whole number from 0 to 100, for the class that fills a bar (``p-39``)."""
    return max(0, min(100, round(float(value or 0))))


@register.filter
def share(value: Decimal | float | str) -> str:
    """``25`` gives ``25 %``."""
    return format_share(value)


@register.filter
def minutes(value: int | None) -> str:
    """``580`` gives ``9 h 40 min``."""
    return format_minutes(value)


@register.simple_tag
def facts(*told: str) -> str:
    """``{% facts "5 min" "" "with a quiz" %}`` gives ``5 min, with a quiz``.

    Each fact is escaped unless it is safe already, as what ``blocktranslate`` gave is.
    """
    return mark_safe(wording.in_a_row(*(conditional_escape(fact) for fact in told if fact)))


@register.filter
def when(fact: str, so: object) -> str:
    """``{{ fact|when:node.has_quiz }}``: the fact, or nothing where it is not so."""
    return fact if so else ""


@register.simple_tag
def extent(chapters: int = 0, lessons: int = 0, minutes: int | None = 0) -> str:
    """``{% extent lessons=12 minutes=580 %}`` gives ``12 lessons, 9 h 40 min``."""
    return wording.extent(chapters=chapters, lessons=lessons, minutes=minutes)


@register.filter
def clock(value: float | None) -> str:
    """``462`` seconds gives ``7:42``."""
    return format_clock(value)


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """``{{ order.total|money:order.currency }}`` gives ``€57.60``."""
    return format_money(amount, currency)


@register.filter
def price(amount: Decimal, currency: str) -> str:
    """A price on a shelf: ``€64``, ``€57.60`` or ``Free``."""
    return format_price(amount, currency)


@register.filter
def message_tone(level_tag: str) -> str:
    """Which colour a message of this level wears: good, warm, bad or none."""
    return MESSAGE_TONES.get(level_tag, "")
