"""Who meets what in the editor: producers are tenants of one admin and meet their own courses only.

``policies`` say which pages and media are whose, ``testers`` what may be done with a page,
``door`` answers 404 for foreign ids in addresses, ``posted_ids`` and ``foreign_ids`` in content.
"""
