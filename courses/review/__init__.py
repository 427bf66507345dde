"""The seam to Wagtail's workflow: what its steps do to a release, and what we replace in it.

``task.Verbs`` is behind our review task, ``finish.finish_workflow`` behind an approval,
``founding.ensure_review_workflow`` makes the workflow, ``wagtail_bends`` holds the rest.
"""
