"""Services that need no installation: PostgreSQL and Redis from wheels, secrets in files.

They live in the data folder (``.data``) and serve development, tests and the first look.
Production names its services in the environment and refuses these.
"""

import hashlib
import os
import pwd
import stat
import tempfile
from pathlib import Path

SOCKET_PATH_BYTES = 103  # unix(7) allows 107; macOS 103


class EmbeddedServiceError(Exception):
    """A service could not be started; the text says what to do about it."""


def short_socket_dir(folder: Path, name: str, *, owner: pwd.struct_passwd | None = None) -> Path:
    """``folder``, or a private folder in the temporary one where its path is too long.

    ``owner`` is the system user that will make the socket, when it is not ourselves.
    """
    if len(os.fsencode(folder / name)) <= SOCKET_PATH_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"perfomix-{os.geteuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    allowed = {os.geteuid()} | ({owner.pw_uid} if owner else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed or found.st_mode & 0o077:
        raise EmbeddedServiceError(f"{short} is not a private folder of yours; remove it.")
    if owner:
        os.chown(short, owner.pw_uid, owner.pw_gid)
    return short
