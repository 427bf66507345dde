"""How fast the site is: filled to a size, asked as people ask, beside references of the same run.

``make bench SIZE=S`` fills a database of its own (``filling``), serves it as production does
(``servers``), asks for each journey (``journeys``) and writes the table in ``README.md``. Nothing
of the product imports this folder.
"""
