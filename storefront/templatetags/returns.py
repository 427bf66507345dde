"""The rule for returns, wherever a page or a mail says it: ``{% load returns %}``."""

from django import template

from storefront.seller.current import seller_now
from storefront.seller.returning import ReturnRule
from storefront.seller.rule_words import rule_for_buyers

register = template.Library()


@register.simple_tag
def return_rule(rule: ReturnRule | None = None) -> str:
    """``{% return_rule %}``: the sentence, as the rule is now, without SQL once the cache is warm;
    ``{% return_rule returning.rule %}``: as it is for one purchase."""
    return rule_for_buyers(rule or seller_now().return_rule)
