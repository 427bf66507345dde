"""Who sells, where to write to, and the rule for returns: ``seller_now()`` reads, admins set.

``returning.answer_for`` is the rule, ``rule_words`` says it.
"""
