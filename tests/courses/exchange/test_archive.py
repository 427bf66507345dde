"""What an archive must be before anything in it is read."""

import gzip
import io
import os
import struct
import tarfile
import zipfile

import pytest

from courses.exchange import archive as bounds
from courses.exchange.archive import open_archive
from courses.exchange.errors import ImportRefused

from .exports import as_tar, as_zip, special

FILES = {"course/course.xml": b"<course/>", "course/html/a.html": b"<p>Tea</p>"}


def refusal(path):
    with pytest.raises(ImportRefused) as caught, open_archive(path):
        pass
    return str(caught.value)


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_an_archive_lists_and_reads_its_files(packed, pack):
    with open_archive(packed(pack(FILES))) as archive:
        assert archive.names == list(FILES)
        assert archive.read("course/html/a.html") == b"<p>Tea</p>"
        assert archive.size("course/course.xml") == 9
        assert "course" not in archive


def test_folders_and_a_leading_dot_are_no_matter(packed):
    folder = special("./course/static", tarfile.DIRTYPE)
    with open_archive(packed(as_tar({"./course/course.xml": b"<course/>"}, [folder]))) as archive:
        assert archive.names == ["course/course.xml"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../outside.xml", "a path that leads out of it"),
        ("course/../../outside.xml", "a path that leads out of it"),
        ("/etc/passwd", "an absolute path"),
        ("C:/windows/system.ini", "an absolute path"),
        ("course\\..\\outside.xml", "a file name that is refused"),
        ("course/new\nline.xml", "a file name that is refused"),
        ("course/half\udce9.xml", "a file name that is refused"),
    ],
)
@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_a_name_that_leads_elsewhere_is_refused(packed, pack, name, sentence):
    if pack is as_zip and not name.isascii():
        name = "course/del\x7f.xml"  # a zip's names cannot hold half a letter
    assert sentence in refusal(packed(pack({**FILES, name: b"x"})))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (tarfile.SYMTYPE, "holds a link (“course/static/passwd”), which is refused"),
        (tarfile.LNKTYPE, "holds a link (“course/static/passwd”), which is refused"),
        (tarfile.CHRTYPE, "neither file nor folder"),
        (tarfile.FIFOTYPE, "neither file nor folder"),
    ],
)
def test_links_and_devices_in_a_tar_are_refused(packed, kind, sentence):
    entry = special("course/static/passwd", kind, target="/etc/passwd")
    assert sentence in refusal(packed(as_tar(FILES, [entry])))


def test_a_link_in_a_zip_is_refused(packed):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("course/static/passwd")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "holds a link" in refusal(packed(file.getvalue(), "course.zip"))


def test_a_zip_with_a_password_is_refused(packed):
    data = bytearray(as_zip(FILES))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    assert "protected with a password" in refusal(packed(bytes(data), "course.zip"))


def a_zip_with(entry: zipfile.ZipInfo, data: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, data)
    return file.getvalue()


def code_of(path) -> str:
    with pytest.raises(ImportRefused) as caught, open_archive(path):
        pass
    return caught.value.code


def test_a_device_in_a_zip_is_refused(packed):
    device = zipfile.ZipInfo("course/static/tty")
    device.external_attr = 0o020666 << 16

    assert code_of(packed(a_zip_with(device), "course.zip")) == "neither_file_nor_folder"


def test_a_file_with_holes_in_a_tar_is_refused(packed):
    entry = special("course/static/holes", tarfile.GNUTYPE_SPARSE)

    assert code_of(packed(as_tar(FILES, [entry]))) == "neither_file_nor_folder"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_a_rare_way_is_refused(packed, packing):
    entry = zipfile.ZipInfo("course/course.xml")
    entry.compress_type = packing

    assert code_of(packed(a_zip_with(entry, b"<course/>"), "c.zip")) == "packing_unsupported"


def test_a_name_in_a_zip_that_ends_before_its_end_is_refused(packed):
    data = a_zip_with(zipfile.ZipInfo("course/course.xml?.exe"), b"<course/>")

    assert code_of(packed(data.replace(b"?", b"\0"), "course.zip")) == "name_refused"


def test_folders_in_a_zip_are_no_files(packed):
    file = io.BytesIO(as_zip(FILES))
    with zipfile.ZipFile(file, "a") as archive:
        archive.mkdir("course/static")

    with open_archive(packed(file.getvalue(), "course.zip")) as archive:
        assert archive.names == list(FILES)


def test_an_entry_written_twice_is_refused(packed):
    again = tarfile.TarInfo("./course/course.xml")
    assert "“course/course.xml” twice" in refusal(packed(as_tar(FILES, [(again, b"<other/>")])))


def test_too_many_entries_are_refused(packed, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 3)
    files = {f"course/{number}.xml": b"" for number in range(4)}
    assert "more than 3 files" in refusal(packed(as_tar(files)))
    assert "more than 3 files" in refusal(packed(as_zip(files), "course.zip"))


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_as_many_entries_as_may_be_are_read(packed, monkeypatch, pack):
    monkeypatch.setattr(bounds, "MAX_ENTRIES", len(FILES))

    with open_archive(packed(pack(FILES))) as archive:
        assert archive.names == list(FILES)


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_a_small_archive_that_packs_well_harms_nobody(packed, pack):
    plain = {"course/static/zeros.bin": bytes(9 * 1024 * 1024)}

    with open_archive(packed(pack(plain))) as archive:
        assert archive.size("course/static/zeros.bin") == 9 * 1024 * 1024


@pytest.mark.parametrize(
    ("unpacked", "packed_in"), [(bounds.RATIO_FREE, 1), (200_000 * bounds.MAX_RATIO, 200_000)]
)
def test_an_archive_is_a_bomb_from_the_first_byte_over_its_ratio(unpacked, packed_in):
    bounds._check_volume(unpacked, packed_in)

    with pytest.raises(ImportRefused) as caught:
        bounds._check_volume(unpacked + 1, packed_in)

    assert caught.value.code == "ratio_too_high"


def test_an_empty_zip_is_an_archive_without_files(packed):
    with open_archive(packed(as_zip({}), "course.zip")) as archive:
        assert archive.names == []


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_many_small_files_are_a_bomb_together(packed, monkeypatch, pack):
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 2 * 1024**2)
    noise = {f"course/static/{number}.bin": os.urandom(1024**2) for number in range(3)}

    assert code_of(packed(pack(noise))) == "unpacks_too_large"


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_a_bomb_is_refused_by_its_ratio(packed, pack):
    bomb = {"course/static/zeros.bin": bytes(12 * 1024 * 1024)}
    assert "more than 100 times its size" in refusal(packed(pack(bomb)))


def test_a_bomb_is_refused_by_its_size(packed, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_UNPACKED", 2 * 1024**2)
    big = {"course/static/noise.bin": os.urandom(3 * 1024**2)}
    assert "unpacks to more than" in refusal(packed(as_tar(big)))
    assert "unpacks to more than" in refusal(packed(as_zip(big), "course.zip"))


def test_a_zip_that_understates_its_files_reads_no_more_than_it_said(packed):
    data = bytearray(as_zip({"course/course.xml": b"x" * 5000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    refused = pytest.raises(ImportRefused, match=r"“course/course\.xml” is damaged")
    with open_archive(packed(bytes(data), "course.zip")) as archive, refused:
        archive.read("course/course.xml")


def test_a_tar_with_an_endless_header_is_refused(packed):
    long_name = tarfile.TarInfo("././@LongLink")
    long_name.type = tarfile.GNUTYPE_LONGNAME
    data = as_tar({}, [(long_name, b"a" * (bounds.MAX_HEADER + 1))])
    assert "broken or incomplete" in refusal(packed(data))


def test_a_name_longer_than_a_header_may_be_is_not_read_into_memory(packed, monkeypatch):
    tar = as_tar({"course/" + "a" * 3_000: b"x"})
    with open_archive(packed(tar)) as archive:
        assert [len(name) for name in archive.names] == [3_007]

    monkeypatch.setattr(bounds, "MAX_HEADER", 2_048)

    assert code_of(packed(tar)) == "archive_broken"


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_truncated_archive_is_refused(packed, kept):
    files = {"course/course.xml": b"<course/>", "course/noise.bin": os.urandom(50_000)}
    tar, zipped = as_tar(files), as_zip(files)
    assert "broken or incomplete" in refusal(packed(tar[: int(len(tar) * kept)]))
    assert "broken or incomplete" in refusal(packed(zipped[: int(len(zipped) * kept)], "c.zip"))


def test_garbage_inside_gzip_is_refused(packed):
    assert "broken or incomplete" in refusal(packed(gzip.compress(b"no tar at all " * 100)))


def test_damaged_gzip_is_refused(packed):
    data = bytearray(as_tar({"course/noise.bin": os.urandom(50_000)}))
    data[20_000:20_100] = bytes(100)
    assert "broken or incomplete" in refusal(packed(bytes(data)))


def test_another_kind_of_file_is_refused(packed):
    neither = "This file is no archive and no Markdown, whatever it is called."
    said = f"{neither} {bounds.NOT_AN_ARCHIVE}"
    assert refusal(packed(b"<course/>", "course.tar.gz")) == said
    assert refusal(packed(b"", "course.tar.gz")) == said


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be opened" in refusal(tmp_path / "nothing.tar.gz")


def a_tar_with(name, kind=tarfile.REGTYPE) -> bytes:
    return as_tar(FILES, [special(name, kind, target="elsewhere")])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<course/>", "not_an_archive"),
        (gzip.compress(b"no tar at all", mtime=0), "archive_broken"),
        (a_tar_with("../outside.xml"), "path_leads_out"),
        (a_tar_with("/etc/passwd"), "absolute_path"),
        (a_tar_with("a\\b.xml"), "name_refused"),
        (a_tar_with("course/course.xml"), "entry_twice"),
        (a_tar_with("course/link", tarfile.SYMTYPE), "holds_a_link"),
        (a_tar_with("course/pipe", tarfile.FIFOTYPE), "neither_file_nor_folder"),
        (as_tar({"course/zeros.bin": bytes(12 * 1024**2)}), "ratio_too_high"),
    ],
)
def test_each_refusal_has_a_code_of_its_own(packed, data, code):
    with pytest.raises(ImportRefused) as caught, open_archive(packed(data)):
        pass
    assert caught.value.code == code


def test_a_bound_that_is_met_is_told_by_its_code(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 1)
    with pytest.raises(ImportRefused) as caught, open_archive(packed(as_tar(FILES))):
        pass
    assert caught.value.code == "too_many_files"
    with pytest.raises(ImportRefused) as caught, open_archive(tmp_path / "nothing.tar.gz"):
        pass
    assert caught.value.code == "file_not_opened"


def test_a_file_over_the_readers_limit_is_refused(packed):
    with open_archive(packed(as_tar(FILES))) as archive, pytest.raises(ImportRefused) as caught:
        archive.read("course/html/a.html", limit=3)
    assert str(caught.value) == "“course/html/a.html” is larger than 3\u00a0bytes."
    assert caught.value.code == "entry_too_large"


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_a_file_of_exactly_the_readers_limit_is_read(packed, pack):
    data = FILES["course/html/a.html"]

    with open_archive(packed(pack(FILES))) as archive:
        assert archive.read("course/html/a.html", limit=len(data)) == data
        with pytest.raises(ImportRefused) as caught:
            archive.read("course/html/a.html", limit=len(data) - 1)

    assert caught.value.code == "entry_too_large"


def test_a_large_number_is_written_as_people_write_it(packed, monkeypatch):
    monkeypatch.setattr(bounds, "MAX_ENTRIES", 1_000)
    files = {f"course/{number}.xml": b"" for number in range(1_001)}
    assert refusal(packed(as_tar(files))) == "This archive holds more than 1,000 files."
