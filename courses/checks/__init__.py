"""What must be mended before a course can be submitted.

Verbs: ``readiness.problems_with`` for an editor, ``readiness.require_ready`` for a submission.
"""
