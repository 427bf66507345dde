"""The people who write a course together.

Verbs: ``members.create_course``, ``remove_member``, ``make_lead``; ``invitations.invite``,
``accept_invitation``, ``decline_invitation``, ``withdraw_invitation``.
"""
