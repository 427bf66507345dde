"""Whether an archive is the document that its name says: Word, EPUB and their like."""

import struct
import zipfile
import zlib

from django.core.files import File

# The entry, and how it begins, that makes an archive a document of this kind.
MARKS = {
    "docx": ("word/document.xml", b""),
    "pptx": ("ppt/presentation.xml", b""),
    "xlsx": ("xl/workbook.xml", b""),
    "epub": ("mimetype", b"application/epub+zip"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
    "ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    "odp": ("mimetype", b"application/vnd.oasis.opendocument.presentation"),
}
# Bytes of the list of entries, which is read into memory. That of a book of 5,000 pages has 0.5 MB.
LONGEST_LIST = 4 * 1024 * 1024

# APPNOTE.TXT of PKWARE, 4.3.16 and 4.3.15: the end of the list, and what leads to a longer one.
_END, _LONG_END = b"PK\x05\x06", b"PK\x06\x07"
_FIELDS = "<4s4H2LH"
_TAIL = struct.calcsize(_FIELDS) + 65_535


def is_archive(file: File) -> bool:
    """Whether the file ends as a zip archive, whatever it begins with."""
    found = zipfile.is_zipfile(file)
    file.seek(0)
    return found


def is_document(extension: str, file: File) -> bool:
    """Whether the archive holds what makes it a document of this kind."""
    entry, beginning = MARKS[extension]
    if not 0 < _length_of_list(file) <= LONGEST_LIST:
        return False
    try:
        with zipfile.ZipFile(file) as archive, archive.open(entry) as stream:
            return stream.read(len(beginning)) == beginning
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return False
    finally:
        file.seek(0)


def _length_of_list(file: File) -> int:
    """Bytes that the archive says its list of entries has; 0 when it does not say."""
    file.seek(max(0, file.size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_END)
    end = tail[at : at + struct.calcsize(_FIELDS)]
    if at < 0 or len(end) < struct.calcsize(_FIELDS) or _LONG_END in tail:
        return 0
    return int(struct.unpack(_FIELDS, end)[5])
