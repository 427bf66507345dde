"""Promising a mail: the row is written with what causes it, a worker is nudged on commit."""

from typing import Any

from django.conf import settings
from django.template import Context
from django.template.backends.django import Template as DjangoTemplate
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from courses.models import OutboxMail
from courses.promises.queues import MAIL
from courses.promises.telling import tell_worker
from courses.wording.zones import zone_of
from courses.words.cutting import shorten

from .tasks import deliver_mail


def queue_mail(
    *,
    key: str,
    to: str,
    language: str,
    zone: str = "",
    template: str,
    context: dict[str, Any],
    sensitive: bool = False,
    reply_to: str = "",
) -> OutboxMail:
    """Promise one mail, rendered now from ``templates/mail/<template>.{subject.txt,txt,html}``.

    ``key`` names the occasion ("receipt:<order id>"): a second call with the same key returns
    the first mail and sends nothing. ``language`` is its reader's (``user.language``), not that
    of whoever caused it; one that the site does not speak, or none, means the site's own. So is
    ``zone`` (``user.time_zone``), whose clock its times are told by.
    Words in ``context`` are lazy, for they are read only here. ``sensitive`` mails lose their
    body once sent. ``reply_to`` is where an answer goes, if not to where mails come from.
    Besides ``context`` the templates see ``site_url`` (no trailing slash) and ``subject``. The
    HTML part is optional; in the text parts nothing is escaped, and below them stands
    ``mail/signature.txt``: whose mail it is, and where to write to.
    """
    found = OutboxMail.objects.filter(key=key).first()
    if found:
        return found
    with translation.override(_spoken(language)), timezone.override(zone_of(zone)):
        written = _render(template, context)
    mail, created = OutboxMail.objects.get_or_create(
        key=key, defaults={"to": to, "reply_to": reply_to, "sensitive": sensitive, **written}
    )
    if created:
        tell_worker(deliver_mail, mail.pk, queue=MAIL, waits="mail.waits")
    return mail


def _spoken(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _render(template: str, context: dict[str, Any]) -> dict[str, str]:
    """Subject, text and HTML of a mail, in the language at hand."""
    context = {"site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"), **context}
    subject = " ".join(_render_text(f"mail/{template}.subject.txt", context).split())
    context["subject"] = subject
    words = _render_text(f"mail/{template}.txt", context).strip()
    signature = _render_text("mail/signature.txt", context).strip()
    text = f"{words}\n\n{signature}\n"
    return {"subject": shorten(subject, 255), "text": text, "html": _render_html(template, context)}


def _render_html(template: str, context: dict[str, Any]) -> str:
    try:
        return render_to_string(f"mail/{template}.html", context)
    except TemplateDoesNotExist as error:
        if error.args != (f"mail/{template}.html",):
            raise
        return ""


def _render_text(name: str, context: dict[str, Any]) -> str:
    """Plain text needs no escaping: an ampersand stays one."""
    template = get_template(name)
    assert isinstance(template, DjangoTemplate)  # Jinja would have no Context
    return str(template.template.render(Context(context, autoescape=False)))
