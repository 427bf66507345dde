"""Who may keep an answer, what it shows, and how everybody learns that this has changed.

An answer that carries no person is marked by ``pages.public_page`` and names, by ``pages.shows``,
what stands on it: surrogate keys (``keys``). A verb that changes one of them says so with
``changed.changed``; it is told by a clock in Redis (``clock``), which every process watches
(``watch``). ``perfomix.page_cache`` keeps whole pages by it, ``kept`` the parts of pages that are
the same for everybody, ``remembered`` single values; all in a ``store``. Decisions 0039 and 0050.
"""
