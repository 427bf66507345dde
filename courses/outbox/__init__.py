"""Mail that leaves once: a row in the transaction that causes it, sent after the commit.

Verbs: ``queue.queue_mail`` promises a mail, ``delivery.deliver`` sends one and
``delivery.sweep``, on the clock, whatever was left behind.
"""
