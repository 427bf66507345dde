"""The languages of the interface: what people read, and how it gets translated.

``catalogues`` finds every marked text and keeps the gettext catalogues that stand inside the
apps; ``python -m perfomix.languages`` (``make messages``) writes them, and with ``--check``
only says which are out of date. ``pseudo`` makes two languages for tests and development out
of English, one long and accented, one mirrored. ``middleware`` gives each request the language
of its reader; ``views`` has a way to switch, where the pseudo-languages are.

Marking a text is described in ``docs/how-to/mark-a-text.md``. A course's own words are never
translated here: they are its author's.
"""
