"""Where producers write: panels, forms, lists of a course's pages, and their own courses.

The verbs stand in ``drafts``, ``releases`` and ``teams``; this room shows them.
"""
