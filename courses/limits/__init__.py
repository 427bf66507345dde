"""How often one person may try something, and the one page that says it was too often.

Doors that take a guess, a mail, an upload or a search are counted by their names (``doors``).
Verb: ``trying.limit``, for a person by their key, for a visitor by ``visitors.network_of``. allauth
counts at its own doors, by the same address, and shows the same page.
"""
