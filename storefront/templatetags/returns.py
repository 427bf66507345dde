"""The rule for returns, wherever a page or a mail says it: ``{% load returns %}``."""

from django import template

from storefront.seller.current import seller_now
from storefront.seller.rule_words import rule_for_buyers

register = template.Library()


@register.simple_tag
def return_rule() -> str:
    """``{% return_rule %}``: the sentence, as the rule is now. No SQL once the cache is warm."""
    return rule_for_buyers(seller_now().return_rule)
