"""Comments of a team and its reviewers: how what they are about is called, and who is told.

Verbs: ``tell_of_comments``. They are written in the editor (``courses.editor.comments``) and
beside a submission (``courses.moderation.comments``).
"""
