"""A course as it is being written: its tree as nodes, its structure, what a revision says.

Verbs: ``nodes.read_draft``, ``digest.content_digest``, ``locks.lock_course``.
"""
