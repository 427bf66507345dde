"""What must be mended before a course can be submitted.

Verbs: ``reading.check_draft`` for an editor, ``readiness.require_ready`` for a submission.
"""
