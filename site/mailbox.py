"""All outgoing mail of a development site, to be read at ``/mailbox/``.

The e-mail backend files each mail as ``<number>-<random>.eml`` in MAILBOX_DIR; the pages read
them back. Numbers are milliseconds since 1970 where the clock allows it, and always one more
than the last: two mails may share a millisecond, and clocks are set back. Production has neither.
"""

import fcntl
import os
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.views.decorators.clickjacking import xframe_options_sameorigin

from courses.words.cutting import shorten

SHOWN = 200
NAME = re.compile(r"\d{13,16}-[0-9a-f]{8}")


class EmailBackend(BaseEmailBackend):
    """Files each message whole, so that a reader never sees half of one."""

    def send_messages(self, email_messages: Sequence[OutgoingMessage]) -> int:
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message().as_bytes()
            with _alone_in(folder):
                name = f"{_next_number(folder)}-{secrets.token_hex(4)}"
                unfinished = folder / f".{name}"
                unfinished.write_bytes(content)
                os.replace(unfinished, folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One filed mail, as the pages show it."""

    name: str
    subject: str
    to: str
    sender: str
    sent_at: datetime | None
    text: str
    html: str

    @property
    def gist(self) -> str:
        return shorten(" ".join(self.text.split()), 140)


def mails(limit: int = SHOWN) -> list[Mail]:
    """The newest mails first."""
    filed = sorted(_filed(Path(settings.MAILBOX_DIR)), reverse=True)
    return [_read(file) for _, file in filed[:limit]]


def index(request: HttpRequest) -> HttpResponse:
    return render(request, "site/mailbox/index.html", {"mails": mails()})


def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "site/mailbox/mail.html", {"mail": _find(name)})


@xframe_options_sameorigin
def body(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part, for the frame: no scripts, and links open in the whole window."""
    found = _find(name)
    content = found.html or format_html("<pre>{}</pre>", found.text)
    response = HttpResponse('<base target="_parent">' + content)
    response["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
        "sandbox allow-top-navigation-by-user-activation; frame-ancestors 'self'"
    )
    return response


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One writer at a time, in whatever process or thread: numbers are taken in order."""
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _next_number(folder: Path) -> int:
    last = max((number for number, _ in _filed(folder)), default=0)
    return max(time.time_ns() // 1_000_000, last + 1)


def _filed(folder: Path) -> list[tuple[int, Path]]:
    """(number, file) of every mail, in any order."""
    files = [file for file in folder.glob("*.eml") if NAME.fullmatch(file.stem)]
    return [(int(file.stem.partition("-")[0]), file) for file in files]


def _find(name: str) -> Mail:
    file = Path(settings.MAILBOX_DIR) / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.exists():
        raise Http404("No such mail.")
    return _read(file)


def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    date = message["Date"]
    return Mail(
        name=file.stem,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        sent_at=parsedate_to_datetime(str(date)) if date else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part else ""


app_name = "mailbox"
urlpatterns = [
    path("", index, name="index"),
    path("<str:name>/", mail, name="mail"),
    path("<str:name>/body/", body, name="body"),
]
