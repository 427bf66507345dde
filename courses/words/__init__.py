"""What a word is, in any language: direction, segments, counts, folding, initials, excerpts.

Nothing here asks the database or knows a course. Languages are ISO 639-1 codes, as in
``courses.models.Language``.
"""
