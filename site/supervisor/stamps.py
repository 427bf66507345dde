"""Steps that are skipped while their inputs are the same as when they last succeeded."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """A digest of the names and contents of files (folders are read whole) and of words."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if not file.is_file() or "__pycache__" in file.parts:
                continue
            digest.update(f"{file}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class Stamp:
    """The fingerprint of the last success of one step, kept in the data folder."""

    def __init__(self, data_dir: Path, step: str) -> None:
        self._file = data_dir / "stamps" / step

    def matches(self, wanted: str) -> bool:
        return self._file.exists() and self._file.read_text() == wanted

    def write(self, value: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(value)
