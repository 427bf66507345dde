"""Courses from elsewhere: a neutral course that each format reads to, and what becomes of it.

Verb: ``build.import_course``. Nothing here but ``formats`` knows a format's words; ``registry``
names the formats there are.
"""
