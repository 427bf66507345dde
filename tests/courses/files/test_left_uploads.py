"""What was uploaded among many and never described does not stay for ever."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import UploadedFile

from courses.files import uploads
from courses.files.tasks import remove_left_uploads

pytestmark = pytest.mark.django_db
DAY = 86_400


def an_upload(*, days: float = 0) -> UploadedFile:
    upload = UploadedFile.objects.create(file=ContentFile(b"picture", name="left.jpg"))
    written = time.time() - days * DAY
    os.utime(default_storage.path(upload.file.name), (written, written))
    return upload


def test_an_upload_is_removed_after_7_days_file_and_row(logged):
    old, young = an_upload(days=7.1), an_upload(days=6.9)

    remove_left_uploads()

    assert list(UploadedFile.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(young.file.name)
    assert [line.event for line in logged()] == ["upload.removed"]
    assert uploads.remove_left_uploads() == 0


def test_a_row_without_its_file_does_not_stay_and_stops_nothing():
    lost, _ = an_upload(days=8), an_upload(days=8)
    default_storage.delete(lost.file.name)

    assert uploads.remove_left_uploads() == 2
    assert not UploadedFile.objects.exists()


def test_many_are_removed_a_handful_at_a_time(monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 2)
    for _ in range(3):
        an_upload(days=8)

    assert [uploads.remove_left_uploads() for _ in range(3)] == [2, 1, 0]


def test_it_is_the_same_in_a_bucket(s3_bucket):
    upload = UploadedFile.objects.create(file=ContentFile(b"picture", name="left.jpg"))
    lost = UploadedFile.objects.create(file=ContentFile(b"picture", name="lost.jpg"))
    lost.file.storage.delete(lost.file.name)

    assert uploads.remove_left_uploads() == 0
    assert uploads.remove_left_uploads(now=timezone.now() + timedelta(days=8)) == 2

    assert not upload.file.storage.exists(upload.file.name)
    assert list(s3_bucket.objects.all()) == []
