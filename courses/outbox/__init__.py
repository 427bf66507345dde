"""Mail that leaves once: a row in the transaction that causes it, sent after the commit.

Verbs: ``queue.queue_mail`` promises a mail, ``delivery.deliver`` sends one and
``delivery.sweep``, on the clock, whatever was left behind; ``retention.empty_old_mails`` keeps of
an old one that it was sent, and no more.
"""
