"""Small Markdown: what Wagtail's rich text holds, and nothing else."""

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+|/[^)\s]*)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*([^\s*](?:[^*]*[^\s*])?)\*")
_BULLET = re.compile(r"- (.+)")
_NUMBER = re.compile(r"\d+\. (.+)")


def inline(text: str) -> str:
    """HTML of one run of text; code is not looked into."""
    kept: list[str] = []

    def keep(match: re.Match) -> str:
        kept.append(f"<code>{match[1]}</code>")
        return f"\0{len(kept) - 1}\0"

    html = _CODE.sub(keep, escape(text, quote=False))
    html = _LINK.sub(r'<a href="\2">\1</a>', html)
    html = _STRONG.sub(r"<b>\1</b>", html)
    html = _EMPHASIS.sub(r"<i>\1</i>", html)
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], html)


def plain(text: str) -> str:
    """The same text where only characters can stand: marks gone, words kept."""
    kept: list[str] = []

    def keep(match: re.Match) -> str:
        kept.append(match[1])
        return f"\0{len(kept) - 1}\0"

    text = _CODE.sub(keep, text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    return re.sub("\0(\\d+)\0", lambda match: kept[int(match[1])], text)


def rich_text(text: str) -> str:
    """HTML of paragraphs and lists; a blank line, or a list, ends a paragraph."""
    html: list[str] = []
    for group in re.split(r"\n\s*\n", text.strip()):
        html += _group(group.splitlines())
    return "".join(html)


def _group(lines: list[str]) -> list[str]:
    html, words, items, tag = [], [], [], ""

    def close() -> None:
        nonlocal words, items
        if words:
            html.append(f"<p>{inline(' '.join(words))}</p>")
        if items:
            html.append(f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{tag}>")
        words, items = [], []

    for line in lines:
        bullet, number = _BULLET.fullmatch(line), _NUMBER.fullmatch(line)
        if not (bullet or number):
            if items:
                close()
            words.append(line.strip())
            continue
        wanted = "ul" if bullet else "ol"
        if words or (items and tag != wanted):
            close()
        tag = wanted
        items.append((bullet or number)[1])
    close()
    return html
