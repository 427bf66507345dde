"""The hosted checkout page: pay with a test card, be declined, or go back to the shop.

Plain HTML, one form, no script. It says on every screen that no real money moves. A tool for
whoever builds or tries the shop, in English only: its texts are not put through gettext.
"""

import base64
import hashlib
import re
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from . import sessions
from .cards import CARDS, Card
from .errors import ApiError
from .parts import Parts

CSS = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
CSS_HASH = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{CSS_HASH}'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
MARK = (
    '<svg viewBox="0 0 24 30" aria-hidden="true"><path class="stem" d="M0 0h9v30H0z"/>'
    '<path class="bowl" d="M11 0a9.5 9.5 0 0 1 0 19z"/></svg>'
)
SYMBOLS = {"eur": "€", "usd": "$", "gbp": "£", "jpy": "¥"}
WHOLE = {"jpy", "krw", "clp", "vnd"}  # currencies without minor units


def money(amount: int, currency: str) -> str:
    """``5760, "eur"`` is ``€57.60``."""
    text = f"{amount:,}" if currency in WHOLE else f"{amount // 100:,}.{amount % 100:02}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{text}" if symbol else f"{currency.upper()} {text}"


def answer(sim: Parts, method: str, path: str, body: str) -> tuple[int, dict, bytes]:
    """(status, headers, body) for everything under ``/c/pay/``."""
    match = re.fullmatch(r"/c/pay/([A-Za-z0-9_]+)", path)
    try:
        session = sessions.load(sim, match[1] if match else path)
    except ApiError:
        return _page(404, _notice("There is no such checkout", "The link may be incomplete."))
    if method == "POST" and session["status"] == "open":
        return _pay(sim, session, body)
    if session["status"] == "complete":
        if method == "POST":
            return _see_other(_success(session))
        return _page(200, _paid(session))
    if session["status"] == "expired":
        return _page(410, _expired(session))
    return _page(200, _form(session))


def _pay(sim: Parts, session: dict, body: str) -> tuple[int, dict, bytes]:
    card = CARDS.get(parse_qs(body).get("card", [""])[0])
    if not card:
        return _page(400, _form(session, problem="Choose one of the test cards."))
    try:
        session = sessions.pay(sim, session["id"], card)
    except ApiError:  # somebody paid or it expired since the page was loaded
        return answer(sim, "POST", f"/c/pay/{session['id']}", "")
    if not card.pays:
        return _page(402, _form(session, chosen=card, problem=card.message or ""))
    return _see_other(_success(session))


def _success(session: dict) -> str:
    """Stripe puts the id where the shop wrote ``{CHECKOUT_SESSION_ID}``."""
    return session["success_url"].replace("{CHECKOUT_SESSION_ID}", session["id"])


def _see_other(url: str) -> tuple[int, dict, bytes]:
    return 303, HEADERS | {"Location": url}, b""


def _page(status: int, parts: tuple[str, str]) -> tuple[int, dict, bytes]:
    title, main = parts
    return (
        status,
        HEADERS,
        f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title} · stripesim</title>
<style>{CSS}</style></head><body>
<header>
<p class="test-line">Test payments: no real money moves, no real card is needed.</p>
<div class="wrap"><span class="brand">{MARK}Perfomix</span>
<span class="small">Payment page</span></div></header>
{main}
</body></html>""".encode(),
    )


def _form(session: dict, *, chosen: Card | None = None, problem: str = "") -> tuple[str, str]:
    total = money(session["amount_total"], session["currency"])
    alert = (
        f'<div class="alert" role="alert">{escape(problem)}'
        "<span>Nothing was charged. Try another card, or go back.</span></div>"
        if problem
        else ""
    )
    buyer = (
        f'<p class="quiet">Paying as {escape(session["customer_email"])}.</p>'
        if session["customer_email"]
        else ""
    )
    title = "Payment declined" if problem else f"Pay {total}"
    return (
        title,
        f"""<main class="wrap">{_order(session, total)}
<div class="column"><h1>Pay {total}</h1>{buyer}{alert}
<form method="post"><fieldset><legend>Pay with a test card</legend>
{"".join(_choice(card, chosen) for card in CARDS.values())}</fieldset>
<button>Pay {total}</button></form>{_back(session)}</div></main>""",
    )


def _choice(card: Card, chosen: Card | None) -> str:
    checked = " checked" if card == (chosen or next(iter(CARDS.values()))) else ""
    number = " ".join(re.findall("....", card.number))
    return (
        f'<label class="card"><input type="radio" name="card" value="{card.number}"{checked}>'
        f'<span class="number">{number}</span><span class="says">{card.says}</span></label>'
    )


def _order(session: dict, total: str) -> str:
    lines = "".join(
        f"<div><dt>{escape(item['description'])}</dt>"
        f"<dd>{money(item['amount_total'], item['currency'])}</dd></div>"
        for item in session["_items"]
    )
    return (
        f'<aside class="order" aria-labelledby="order"><h2 id="order">Your order</h2><dl>{lines}'
        f'<div class="sum"><dt>Total</dt><dd>{total}</dd></div></dl></aside>'
    )


def _back(session: dict) -> str:
    if not session["cancel_url"]:
        return ""
    url = escape(session["cancel_url"], quote=True)
    return f'<p><a class="back" href="{url}">Go back without paying</a></p>'


def _notice(title: str, text: str, more: str = "") -> tuple[str, str]:
    return (
        title,
        f'<main class="wrap"><div class="column"><h1>{title}</h1>'
        f'<p class="quiet">{text}</p>{more}</div></main>',
    )


def _paid(session: dict) -> tuple[str, str]:
    link = f'<p><a class="back" href="{escape(_success(session), quote=True)}">Continue</a></p>'
    return _notice("This is paid", "Nothing more will be charged.", link)


def _expired(session: dict) -> tuple[str, str]:
    return _notice(
        "This checkout has expired",
        "Nothing was charged. Start again from the course.",
        _back(session),
    )
