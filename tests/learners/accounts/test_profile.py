"""The account page: name, picture, words about oneself."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from learners.accounts.names import clean_name
from learners.models import Role


def png_chunk(kind: bytes, content: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + checksum


# 50,000 by 50,000 pixels in the header of a PNG, and next to nothing behind it.
BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0))
    + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    + png_chunk(b"IEND", b"")
)


def picture(kind="PNG", size=(900, 600), name="me.png", **options) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def account(client, cleo):
    client.force_login(cleo)
    return client


def test_the_page_is_for_people_who_are_signed_in(client, db):
    assert client.get("/account/").url == "/accounts/login/?next=/account/"


def test_the_name_for_certificates_changes(account, cleo):
    assert account.post("/account/", {"name": "  Cleo\u202e   Marchetti-Silva "}).status_code == 302
    cleo.refresh_from_db()
    assert cleo.name == "Cleo Marchetti-Silva"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("1234", "name_missing"),
        ("Cleo <b>", "name_with_address"),
        ("x" * 121, "max_length"),
        ("www.spam.example", "name_with_address"),
        ("Win at bit.ly/x", "name_with_address"),
        ("Win at spam.example:8080", "name_with_address"),
        ("Win at spam.xn--p1ai/x", "name_with_address"),
        ("Win at spam.example./x", "name_with_address"),
        ("Win at spam。example/x", "name_with_address"),
        ("Win at 192.0.2.1/x", "name_with_address"),
        ("ftp://spam", "name_with_address"),
        ("Cleo //spam", "name_with_address"),
        ("cleo@spam", "name_with_address"),
        ("Cleo \\\\spam", "name_with_address"),
        ("Cleo 𒀀", "name_unprintable"),
        ("Cleo \ua8d0", "name_unprintable"),
    ],
)
def test_a_name_that_is_none_is_refused(account, cleo, name, code):
    response = account.post("/account/", {"name": name})
    assert response.status_code == 200
    assert [error.code for error in response.context["form"].errors["name"].as_data()] == [code]
    cleo.refresh_from_db()
    assert cleo.name == "Cleo Marchetti"


@pytest.mark.parametrize(
    "name",
    [
        *("李小龍", "نور الدین", "Ó Súilleabháin", "महात्मा गांधी", "D'Arcy"),
        *("Kavitha A/P Raman", "Raman a/l Muthu", "Ajit s/o Singh", "Devi D/O Raj", "Ali c/o Omar"),
        *("Md.Abdul Karim", "J.R.R. Tolkien", "M.K./L. Rao", "김민수", "สมชาย ใจดี", "Zoë 🎉"),
    ],
)
def test_names_of_the_world_are_names(account, cleo, name):
    account.post("/account/", {"name": name})
    cleo.refresh_from_db()
    assert cleo.name == name


def test_nothing_but_what_the_form_shows_can_be_changed(account, cleo):
    more = {"role": "admin", "is_staff": "1", "is_superuser": "1", "email": "x@example.com"}
    account.post("/account/", {"name": "Cleo M.", "bio": "Not a producer.", **more})
    cleo.refresh_from_db()
    assert (cleo.name, cleo.role, cleo.bio) == ("Cleo M.", Role.CONSUMER, "")
    assert (cleo.is_staff, cleo.is_superuser, cleo.email) == (False, False, "cleo@example.com")


def test_a_producer_says_who_they_are(client, ada):
    client.force_login(ada)
    client.post("/account/", {"name": ada.name, "bio": "Ten years in a mending shop."})
    ada.refresh_from_db()
    assert ada.bio == "Ten years in a mending shop."


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_small_square_and_is_served(account, cleo, client, kind):
    response = account.post("/account/", {"name": cleo.name, "picture": picture(kind)})
    assert response.status_code == 302
    cleo.refresh_from_db()
    served = type(client)().get(cleo.avatar.url)
    assert served.status_code == 200
    assert served["Content-Type"] == "image/webp"
    assert "immutable" in served["Cache-Control"]
    image = Image.open(io.BytesIO(served.getvalue()))
    assert (image.format, image.size) == ("WEBP", (320, 320))


def test_a_picture_leaves_its_secrets_behind(account, cleo):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Cleo"
    account.post("/account/", {"name": cleo.name, "picture": picture("JPEG", exif=exif)})
    cleo.refresh_from_db()
    stored = default_storage.open(cleo.avatar.name).read()
    assert b"Camera of Cleo" not in stored
    assert len(Image.open(io.BytesIO(stored)).getexif()) == 0


@pytest.mark.parametrize(
    ("upload", "code", "complaint"),
    [
        (
            SimpleUploadedFile("me.png", b"<svg onload=alert(1)>"),
            "picture_of_another_kind",
            "This is not a JPEG, PNG or WebP picture.",
        ),
        (
            SimpleUploadedFile("me.jpg", b"GIF89a" + b"\0" * 50),
            "picture_of_another_kind",
            "This is not a JPEG, PNG or WebP picture.",
        ),
        (
            SimpleUploadedFile("me.png", BOMB),
            "picture_too_many_pixels",
            "The picture has too many pixels. Choose a smaller one.",
        ),
        (
            SimpleUploadedFile("me.png", picture().read()[:300]),
            "picture_damaged",
            "The picture is damaged. Choose another one.",
        ),
        (
            SimpleUploadedFile("me.png", b"\0" * (5 * 1024 * 1024 + 1)),
            "picture_too_large",
            "The picture is larger than 5\u00a0MB. Choose a smaller one.",
        ),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words(account, cleo, upload, code, complaint):
    upload.seek(0)
    response = account.post("/account/", {"name": "New Name", "picture": upload})
    assert response.status_code == 200
    assert complaint in response.content.decode()
    (error,) = response.context["form"].errors["picture"].as_data()
    assert error.code == code
    cleo.refresh_from_db()
    assert (cleo.avatar.name, cleo.name) == ("", "Cleo Marchetti")


def test_a_new_picture_replaces_the_old_file(account, cleo, commit):
    account.post("/account/", {"name": cleo.name, "picture": picture()})
    cleo.refresh_from_db()
    old = cleo.avatar.name
    with commit():
        account.post("/account/", {"name": cleo.name, "picture": picture(size=(80, 200))})
    cleo.refresh_from_db()
    assert cleo.avatar.name != old
    assert default_storage.exists(old) is False
    with commit():
        account.post("/account/", {"name": cleo.name, "remove_picture": "on"})
    cleo.refresh_from_db()
    assert cleo.avatar.name == ""


@pytest.mark.parametrize(
    "path",
    ["..%2f..%2fsecrets%2fsecret_key", "me.webp", "0" * 32 + ".webp", "0" * 32 + ".svg"],
)
def test_only_pictures_of_people_are_served_from_media(client, db, path):
    assert client.get(f"/media/avatars/{path}").status_code == 404


def test_a_picture_that_was_replaced_is_deleted_after_the_commit(account, cleo, commit):
    account.post("/account/", {"name": cleo.name, "picture": picture()})
    cleo.refresh_from_db()
    first = cleo.avatar.name

    with commit():
        account.post("/account/", {"name": cleo.name, "picture": picture()})
        assert default_storage.exists(first)

    cleo.refresh_from_db()
    assert not default_storage.exists(first)
    assert default_storage.exists(cleo.avatar.name)


def test_a_name_is_as_long_as_its_column_and_no_longer():
    assert clean_name("a" * 120) == "a" * 120
    with pytest.raises(ValidationError) as refused:
        clean_name("a" * 121)
    assert refused.value.code == "name_too_long"
