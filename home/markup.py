"""Small Markdown, read by markdown-it-py: what Wagtail's rich text holds, and nothing else.

Paragraphs, lists, emphasis, code and links to the web or to a path of this site. Any other
notation stays as it was typed, HTML included.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict


class _RichText(RendererHTML):
    """The tags that Wagtail's editor writes: ``b`` and ``i``, list items without paragraphs."""

    TAGS = {"strong": "b", "em": "i"}

    def renderToken(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[idx]
        if token.hidden:
            return ""
        tag = self.TAGS.get(token.tag, token.tag)
        if token.nesting < 0:
            return f"</{tag}>"
        return f"<{tag}{self.renderAttrs(token)}>"

    def code_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return f"<code>{_escaped(tokens[idx].content)}</code>"

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return _escaped(tokens[idx].content)

    def softbreak(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        return " "


def _escaped(text: str) -> str:
    """Quotes stay: nothing of a text ends up in an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _SmallMarkdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """To the web or to a path of this site; any other link stays as it was typed."""
        return url.startswith(("https://", "http://", "/"))


_MARKDOWN = _SmallMarkdown("zero", renderer_cls=_RichText).enable(
    ["list", "emphasis", "link", "backticks", "escape", "newline", "balance_pairs"]
)


def rich_text(text: str) -> str:
    """HTML of paragraphs and lists; a blank line, or a list, ends a paragraph."""
    return _MARKDOWN.render(text)


def inline(text: str) -> str:
    """HTML of one run of text; code is not looked into."""
    return _MARKDOWN.renderInline(text)


def plain(text: str) -> str:
    """The same text where only characters can stand: marks gone, words kept."""
    return "".join(_words(_MARKDOWN.parseInline(text)))


def _words(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.children:
            yield from _words(token.children)
        elif token.type == "softbreak":
            yield " "
        else:
            yield token.content
