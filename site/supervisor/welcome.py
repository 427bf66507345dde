"""What is printed once the site answers: where it is, who may log in, where the mail goes."""

from pathlib import Path

from home.demo.logins import LOGINS, PASSWORD


def welcome(site: str, logs: Path) -> str:
    lines = ["", f"  Perfomix is open at {site}/", ""]
    lines += [f"  Editor and admin     {site}/admin/"]
    lines += [f"  All outgoing mail    {site}/mailbox/"]
    lines += ["  Cards for payments   4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 refused"]
    lines += ["", *_logins()]
    lines += [f"  Logs are in {logs}. Ctrl-C ends everything.", ""]
    return "\n".join(lines)


def _logins() -> list[str]:
    """The demo logins, one a role, from ``home/demo/logins.py``: pure data."""
    width = max(len(email) for email, _ in LOGINS)
    lines = [f"  Demo logins (password: {PASSWORD})"]
    lines += [f"    {email:<{width}}   {who}" for email, who in LOGINS]
    return [*lines, ""]
