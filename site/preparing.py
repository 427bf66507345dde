"""What a worker of the web server reads in its first quiet moment, before somebody waits for it."""

from storefront.catalogue.vocabulary import vocabulary


def prepare() -> None:
    """The words by which searches are mended: the most that any first request would read.

    With it the connections to PostgreSQL and Redis are there.
    """
    vocabulary()
