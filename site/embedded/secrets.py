"""Secrets for development: made once, kept in ``data_dir``/secrets, readable by the owner only."""

import os
import secrets
import tempfile
from pathlib import Path


def secret(data_dir: Path, name: str) -> str:
    """The secret called ``name``, 64 random URL-safe characters or more, made when missing.

    Two processes that start at once get the same one: the file is linked into place, and the
    first link wins.
    """
    folder = Path(data_dir) / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        descriptor, temporary = tempfile.mkstemp(dir=folder)  # mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(temporary)
    return path.read_text()
