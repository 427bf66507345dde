"""Open a course archive (.tar.gz or .zip) without trusting it.

Nothing is ever unpacked into a folder: entries are listed, checked, and read one at a time. The
decompressed tar lives in an anonymous temporary file that the system removes with the process.

Bounds, with the real exports they must let through in mind (800 entries, 20 MB, ratio 1.3):

- at most 5,000 entries and 2 GB unpacked;
- at most 100 bytes unpacked for each byte packed, once more than 10 MB has come out (a small
  archive of small XML files packs better than that and harms nobody);
- files and folders only: no links, devices, sparse files, encrypted or doubled entries;
- every name relative, without `..`, backslash, drive letter, control character or broken UTF-8.
"""

import gzip
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO
from unicodedata import category

import filetype
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.wording.sizes import format_size
from courses.words import cutting

from .errors import ImportRefused

MAX_ENTRIES = 5_000
MAX_UNPACKED = 2 * 1024**3
MAX_RATIO = 100
RATIO_FREE = 10 * 1024**2  # bytes that may come out before the ratio is asked
MAX_HEADER = 1024**2  # one tar header with its long names
MAX_READ = 256 * 1024**2  # one entry read into memory
CHUNK = 1024**2

# What zipfile raises when the bytes are not what they say.
BROKEN_ZIP = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error,
    struct.error, ValueError,
)  # fmt: skip

NOT_AN_ARCHIVE = gettext_lazy("A course comes as a .tar.gz or .zip archive, or as Markdown (.md).")


GZIPPED, ZIPPED, TEXT = ".tar.gz", ".zip", ".md"


class UnreadableEntry(ImportRefused):
    """One entry is damaged or too large. What can do without it catches this."""


class Archive:
    """The checked entries of one archive: `names` in order, `size(name)`, `read(name)`."""

    def __init__(self, sizes: dict[str, int], reader: Callable[[str], bytes]) -> None:
        self._sizes = sizes
        self._reader = reader
        self._held: dict[str, bytes] = {}

    @property
    def names(self) -> list[str]:
        return list(self._sizes)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def size(self, name: str) -> int:
        """Bytes of the unpacked entry."""
        return self._sizes[name]

    def hold(self, name: str, data: bytes) -> None:
        """Keep what was written inside an entry as an entry of its own."""
        self._held[name] = data
        self._sizes[name] = len(data)

    def read(self, name: str, limit: int = MAX_READ) -> bytes:
        """The entry's bytes. Raises UnreadableEntry when it is damaged or over `limit` bytes."""
        if name in self._held:
            return self._held[name]
        if self._sizes[name] > limit:
            raise UnreadableEntry(
                _("“%(name)s” is larger than %(size)s.")
                % {"name": shorten(name), "size": format_size(limit)},
                code="entry_too_large",
            )
        return self._reader(name)


@contextmanager
def open_archive(path: str | Path) -> Iterator[Archive]:
    """Yield the Archive at `path`; raises ImportRefused with the reason when it is not fit."""
    try:
        packed = Path(path).stat().st_size
        with open(path, "rb") as file:
            start = file.read(8192)
    except OSError as error:
        raise ImportRefused(
            _("The file “%(path)s” cannot be opened: %(reason)s.")
            % {"path": path, "reason": error.strerror},
            code="file_not_opened",
        ) from error
    suffix = safe_suffix(str(path), start)
    if suffix == GZIPPED:
        opened = _open_tar(path, packed)
    elif suffix == ZIPPED:
        opened = _open_zip(path, packed)
    else:
        opened = _open_text(path, packed)
    with opened as archive:
        yield archive


def safe_suffix(name: str, start: bytes) -> str:
    """How the name of a file that begins so may end: by what it is, as ``TEXT`` by its name too.

    Raises ImportRefused with what it is instead when it is nothing that is read.
    """
    if start[:2] == b"\x1f\x8b":
        return GZIPPED
    if start[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return ZIPPED
    is_named = name.lower().endswith((".md", ".markdown"))
    if is_named and filetype.guess(start) is None and b"\x00" not in start:
        return TEXT
    raise ImportRefused(_not_an_archive(start), code="not_an_archive")


def safe_name(name: str) -> str:
    """The entry's plain relative name; raises ImportRefused when it could lead elsewhere."""
    shown = shorten(name)
    if name.startswith("/") or name[1:2] == ":":
        raise ImportRefused(
            _("This archive holds an absolute path (“%(name)s”), which is refused.")
            % {"name": shown},
            code="absolute_path",
        )
    if "\\" in name or any(category(letter) in ("Cc", "Cs") for letter in name):
        raise ImportRefused(
            _("This archive holds a file name that is refused (“%(name)s”).") % {"name": shown},
            code="name_refused",
        )
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise ImportRefused(
            _("This archive holds a path that leads out of it (“%(name)s”).") % {"name": shown},
            code="path_leads_out",
        )
    return "/".join(parts)


def shorten(name: str) -> str:
    """A name fit to be shown in a sentence: printable and at most 80 letters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in name)
    return cutting.shorten(shown, 80)


class _Entries:
    """Counts and checks entries as they are listed."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.count = 0

    def admit(self, name: str) -> str:
        self.count += 1
        if self.count > MAX_ENTRIES:
            raise _too_many()
        name = safe_name(name)
        if name and name in self.seen:
            raise ImportRefused(
                _("This archive holds “%(name)s” twice.") % {"name": shorten(name)},
                code="entry_twice",
            )
        self.seen.add(name)
        return name


class _Headers(BufferedIOBase):
    """Keeps tarfile from reading a huge block into memory where a header is expected."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0 or size > MAX_HEADER:
            raise _broken()
        return self.file.read(size)


@contextmanager
def _open_tar(path: str | Path, packed: int) -> Iterator[Archive]:
    with tempfile.TemporaryFile() as plain:
        _gunzip(path, packed, plain)
        places = _list_tar(plain)

        def read(name: str) -> bytes:
            offset, size = places[name]
            plain.seek(offset)
            data = plain.read(size)
            if len(data) != size:
                raise _broken()
            return data

        yield Archive({name: size for name, (_offset, size) in places.items()}, read)


def _gunzip(path: str | Path, packed: int, plain: BinaryIO) -> None:
    done = 0
    try:
        with gzip.open(path) as stream:
            while chunk := stream.read(CHUNK):
                done += len(chunk)
                _check_volume(done, packed)
                plain.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        raise _broken() from error
    plain.seek(0)


def _list_tar(plain: BinaryIO) -> dict[str, tuple[int, int]]:
    entries = _Entries()
    places: dict[str, tuple[int, int]] = {}
    end = plain.seek(0, 2)
    plain.seek(0)
    try:
        with tarfile.open(fileobj=_Headers(plain), mode="r:", encoding="utf-8") as tar:
            for member in tar:
                name = entries.admit(member.name)
                _refuse_special(member, name)
                if member.offset_data + member.size > end:
                    raise _broken()
                if member.isreg() and name:
                    places[name] = (member.offset_data, member.size)
    except (tarfile.TarError, EOFError, ValueError, OverflowError, UnicodeError) as error:
        raise _broken() from error
    return places


def _refuse_special(member: tarfile.TarInfo, name: str) -> None:
    if member.issym() or member.islnk():
        raise _holds_a_link(name)
    if not (member.isreg() or member.isdir()) or member.issparse():
        raise _neither_file_nor_folder(name)


@contextmanager
def _open_text(path: str | Path, size: int) -> Iterator[Archive]:
    """One text by itself, as an archive that holds nothing else."""

    def read(name: str) -> bytes:
        return Path(path).read_bytes()

    yield Archive({Path(path).name: size}, read)


@contextmanager
def _open_zip(path: str | Path, packed: int) -> Iterator[Archive]:
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN_ZIP as error:
        raise _broken() from error
    with archive:
        try:
            members = _list_zip(archive, packed)
        except BROKEN_ZIP as error:
            raise _broken() from error

        def read(name: str) -> bytes:
            try:
                with archive.open(members[name]) as stream:
                    return stream.read(members[name].file_size)
            except BROKEN_ZIP as error:
                told = _("“%(name)s” is damaged in this archive.")
                raise UnreadableEntry(
                    told % {"name": shorten(name)}, code="entry_damaged"
                ) from error

        # What fails outside, such as a full disk, is no fault of the archive.
        yield Archive({name: info.file_size for name, info in members.items()}, read)


def _list_zip(archive: zipfile.ZipFile, packed: int) -> dict[str, zipfile.ZipInfo]:
    entries, total = _Entries(), 0
    members: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = entries.admit(info.orig_filename)
        mode = stat.S_IFMT(info.external_attr >> 16)
        if mode == stat.S_IFLNK:
            raise _holds_a_link(name)
        if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _neither_file_nor_folder(name)
        if info.flag_bits & 0x1:
            raise ImportRefused(
                _("This archive is protected with a password."), code="password_protected"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ImportRefused(
                _("This archive is packed in a way that is not supported."),
                code="packing_unsupported",
            )
        total += info.file_size
        _check_volume(total, packed)
        if not info.is_dir():
            members[name] = info
    return members


def _check_volume(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise ImportRefused(
            _("This archive unpacks to more than %(size)s.") % {"size": format_size(MAX_UNPACKED)},
            code="unpacks_too_large",
        )
    if unpacked > RATIO_FREE and unpacked > packed * MAX_RATIO:
        raise ImportRefused(
            ngettext(
                "This archive unpacks to more than %(number)d time its size, which no course does.",
                "This archive unpacks to more than %(number)d times its size, "
                "which no course does.",
                MAX_RATIO,
            )
            % {"number": MAX_RATIO},
            code="ratio_too_high",
        )


def _not_an_archive(start: bytes) -> str:
    """What the file is instead, when its first bytes say so."""
    if kind := filetype.guess_extension(start):
        told = _("This is a %(kind)s file. %(accepted)s")
        return told % {"kind": kind.upper(), "accepted": NOT_AN_ARCHIVE}
    told = _("This file is no archive and no Markdown, whatever it is called. %(accepted)s")
    return told % {"accepted": NOT_AN_ARCHIVE}


def _broken() -> ImportRefused:
    return ImportRefused(
        _("This archive is broken or incomplete: it cannot be read to its end."),
        code="archive_broken",
    )


def _too_many() -> ImportRefused:
    told = ngettext(
        "This archive holds more than %(number)s file.",
        "This archive holds more than %(number)s files.",
        MAX_ENTRIES,
    )
    number = number_format(MAX_ENTRIES, force_grouping=True)
    return ImportRefused(told % {"number": number}, code="too_many_files")


def _holds_a_link(name: str) -> ImportRefused:
    return ImportRefused(
        _("This archive holds a link (“%(name)s”), which is refused.") % {"name": shorten(name)},
        code="holds_a_link",
    )


def _neither_file_nor_folder(name: str) -> ImportRefused:
    return ImportRefused(
        _("This archive holds something that is neither file nor folder (“%(name)s”).")
        % {"name": shorten(name)},
        code="neither_file_nor_folder",
    )
