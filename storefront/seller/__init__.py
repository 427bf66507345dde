"""Who sells, where to write to, and the rule for returns: ``seller_now()`` reads, admins set."""
