"""The seam to Wagtail's workflow: what its steps do to a release.

``task.Verbs`` is behind our review task, ``finish.finish_workflow`` behind an approval,
``founding.ensure_review_workflow`` makes the workflow.
"""
