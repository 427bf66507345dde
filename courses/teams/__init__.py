"""The people who write a course together.

Verbs: ``members.create_course``, ``add_instructor``, ``remove_member``, ``make_lead``.
"""
