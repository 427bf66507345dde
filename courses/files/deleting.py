"""Deleting a file that no row names any more: after the commit, and for certain."""

from django.core.files.storage import default_storage

from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import MEDIA


def promise_to_delete(name: str) -> None:
    """Call in the transaction that lets go of the file: no row may point at one that is gone."""
    promise("courses.delete_file", key=f"file:{name}", path=name)


@keeper("courses.delete_file", queue=MEDIA)
def delete_file(*, path: str) -> None:
    default_storage.delete(path)
