"""Markdown: one text whose headings are chapters and lessons, or an archive of texts and files.

In an archive a folder is a chapter and a text a lesson; ``index.md`` or ``README.md`` at its top
tells of the course itself.
"""
