"""Who studies a course, and how far they got.

Verbs: ``enrollments.enroll``, ``enrollments.revoke``, those of ``progress``.
``following`` keeps up with releases, ``studied`` says how much of a course was ever done.
"""
