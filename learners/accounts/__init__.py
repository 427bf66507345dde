"""People: signing up and in, profile, picture, role, applications to teach.

Verbs: ``roles.set_role``, ``roles.set_moderator``, those of ``applications``.
"""
