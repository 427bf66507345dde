"""What people write to us: a form on the help page, an inbox for admins.

Verbs: ``inquiries.send_inquiry``, ``inquiries.mark_answered``, ``inquiries.open_again``. Answers
are written as mail, from wherever the seller reads theirs; the inbox keeps who waits for one.
"""
