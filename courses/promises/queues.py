"""The queues in which background work waits, so that one kind never waits behind another.

A worker takes from all it listens to in turn, so even a single one sends a mail while thousands of
pages wait to be indexed; a site with more work gives ``money`` and ``mail`` workers of their own.
"""

MONEY = "money"  # refunds, orders: somebody's money stands still meanwhile
MAIL = "mail"  # somebody waits for it
MEDIA = "media"  # files, and whatever reads them
INDEX = "index"  # what can be counted again at any time: search, catalogue, references
IMPORTS = "imports"  # courses from elsewhere: minutes too, with the worker of exports
EXPORTS = "exports"  # files of a million rows: minutes each, with a worker of their own
DEFAULT = "default"

QUEUES = (MONEY, MAIL, MEDIA, INDEX, IMPORTS, EXPORTS, DEFAULT)
