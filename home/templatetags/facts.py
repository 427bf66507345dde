"""What is set today, in the words of a plain page: ``{{ page.body|richtext|with_facts }}``.

A page that types the seller's name or a share goes stale with the next setting. Here its editor
writes ``{seller}``, and readers see who that is when they read. Other braces stay as they are.
"""

import re
from collections.abc import Callable

from django import template
from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from courses.wording.shares import format_share
from storefront.seller.current import seller_now
from storefront.seller.rule_words import rule_for_buyers

register = template.Library()


FACTS: dict[str, Callable[[], str]] = {
    "seller": lambda: seller_now().name,
    "return rule": lambda: rule_for_buyers(seller_now().return_rule),
    "producer share": lambda: format_share(settings.PRODUCER_SHARE_PERCENT),
    "seller share": lambda: format_share(100 - settings.PRODUCER_SHARE_PERCENT),
}
_PLACES = re.compile("{(" + "|".join(FACTS) + ")}")


@register.filter
def with_facts(text: str) -> SafeString:
    """``text`` (escaped unless it is safe) with each ``{fact}`` as it is now. No SQL when the
    seller is in the cache."""
    html = conditional_escape(text)
    return mark_safe(_PLACES.sub(lambda place: conditional_escape(FACTS[place[1]]()), html))
