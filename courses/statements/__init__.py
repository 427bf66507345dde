"""Questions to the database that are worked out once and asked often: ``compiled.Compiled``.

Decision 0048.
"""
