"""How often one person may try something, and the one page that says it was too often.

Verb: ``trying.limit``. allauth counts at its own doors and shows the same page.
"""
