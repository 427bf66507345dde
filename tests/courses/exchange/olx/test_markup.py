"""HTML, however careless, as pieces."""

import pytest

from courses.exchange.formats.olx.links import Links, hosted_clip, web_address
from courses.exchange.formats.olx.markup import read_markup
from courses.exchange.neutral import (
    Attachment,
    Clip,
    Code,
    Embed,
    Heading,
    Note,
    Picture,
    Prose,
    Quotation,
)

FILES = {"tea_leaf.png": "static/tea leaf.png", "sheet.pdf": "static/sheet.pdf"}


class SomeAssets:
    """Stands in for the archive's index: two files."""

    def find(self, address):
        return FILES.get(address.rsplit("/", 1)[-1])

    def is_asset_address(self, address):
        return address.startswith("/static/")


def read(text):
    return read_markup(text, Links({"water": "water"}, SomeAssets()))


def pieces(text):
    return read(text).pieces


def prose(text):
    return "".join(piece.html for piece in pieces(text) if isinstance(piece, Prose))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("plain words", "<p>plain words</p>"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        (
            "<div><strong>Bold</strong>, <em>leaning</em></div>",
            "<p><b>Bold</b>, <i>leaning</i></p>",
        ),
        ("<p>a &lt;b&gt; &amp; c</p>", "<p>a &lt;b&gt; &amp; c</p>"),
        ("<p>H<sub>2</sub>O <kbd>Ctrl</kbd></p>", "<p>H<sub>2</sub>O <code>Ctrl</code></p>"),
        ("<p> </p><p>&nbsp;</p><p><b></b></p>", ""),
        ("<p style='x' onclick='y()'>Steep</p>", "<p>Steep</p>"),
        ("<b>open <div>still</div></b>", "<p><b>open</b></p><p><b>still</b></p>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "<ol><li>a<br/>b</li></ol>"),
        (
            "<dl><dt>Oolong</dt><dd>dark dragon</dd></dl>",
            "<ul><li><b>Oolong</b>: dark dragon</li></ul>",
        ),
        ("<!-- hidden --><p>seen</p>", "<p>seen</p>"),
        ("<span class='material-symbols-outlined'>menu_book</span> Read", "<p>Read</p>"),
    ],
)
def test_words_keep_their_shape_and_lose_everything_else(written, read_as):
    assert prose(written) == read_as


@pytest.mark.parametrize(
    ("written", "piece"),
    [
        ("<h3>Water <i>first</i></h3>", Heading("Water first", 3)),
        ("<pre class='lang-python'>if x:\n    pour()\n</pre>", Code("if x:\n    pour()", "python")),
        ("<pre>a<br>b</pre>", Code("a\nb")),
        ("<blockquote>Sip. <footer>— Lu Tong</footer></blockquote>", Quotation("Sip.", "Lu Tong")),
        (
            "<img src='/static/tea_leaf.png' alt=' A  leaf '>",
            Picture(FILES["tea_leaf.png"], "A leaf"),
        ),
        (
            "<figure><img src='/static/tea_leaf.png'><figcaption>Fig. 1</figcaption></figure>",
            Picture(FILES["tea_leaf.png"], "", "Fig. 1"),
        ),
        ("<a href='/static/sheet.pdf'>The sheet</a>", Attachment(FILES["sheet.pdf"], "The sheet")),
        (
            "<iframe src='https://example.org/m' title='Map'></iframe>",
            Embed("https://example.org/m", "Map"),
        ),
        ("<iframe src='//youtube.com/embed/dQw4w9WgXcQ'></iframe>", Clip("Video", "dQw4w9WgXcQ")),
        ("<div class='callout'><h4>Note:</h4><p>Hot</p></div>", Note("<p>Hot</p>", "Note")),
    ],
)
def test_what_has_a_block_of_its_own_becomes_a_piece(written, piece):
    assert pieces(written) == [piece]


def test_a_picture_in_a_line_parts_it():
    found = pieces("<p>Before <b>it <img src='/static/tea_leaf.png' alt='x'> after</b></p>")
    assert found == [
        Prose("<p>Before <b>it</b></p>"),
        Picture(FILES["tea_leaf.png"], "x"),
        Prose("<p><b>after</b></p>"),
    ]


def test_numbered_steps_keep_counting_past_a_picture():
    found = pieces("<ol><li>one<img src='/static/tea_leaf.png' alt='x'></li><li>two</li></ol>")
    assert found[0] == Prose("<ol><li>one</li><li>two</li></ol>")


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/a?b=1&c=2", '<a href="https://example.org/a?b=1&amp;c=2">x</a>'),
        ("//example.org/a", '<a href="https://example.org/a">x</a>'),
        ("mailto:tea@example.org", '<a href="mailto:tea@example.org">x</a>'),
        ("/jump_to_id/water", '<a href="exchange:water">x</a>'),
        (
            "/courses/course-v1:L+T+1/jump_to/block-v1:L+T+1+type@vertical@water",
            '<a href="exchange:water">x</a>',
        ),
        ("/jump_to_id/nowhere", "x"),
        ("/courses/anything/", "x"),
        ("#part", "x"),
        ("javascript:alert(1)", "x"),
        (" java\tscript:alert(1)", "x"),
        ("data:text/html,x", "x"),
        ("https://user:pass@example.org/", "x"),
        ("https://example.org/?id=%%USER_ID%%", "x"),
        ("http://[", "x"),
        ("/static/gone.pdf", "x"),
    ],
)
def test_links_are_kept_only_where_they_lead_somewhere(href, kept):
    assert prose(f"<p><a href='{href}'>x</a></p>") == f"<p>{kept}</p>"


def test_scripts_styles_and_controls_are_dropped_and_told():
    result = read("<style>p{}</style><p>Hi</p><script>x()</script><button>Go</button><input>")
    assert result.pieces == [Prose("<p>Hi</p>")]
    assert result.controls == 2
    assert result.reasons == [
        "its own scripts and styles were dropped",
        "buttons and fields that worked only through its script were dropped",
    ]


def test_the_learners_identity_leaves_the_text():
    assert prose("<p>Your number is %%USER_ID%%.</p>") == "<p>Your number is .</p>"


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "blockquote", "b"])
def test_nesting_beyond_reason_is_read_to_its_words(tag):
    deep = f"<{tag}>" * 3_000 + "tea" + "</div>" * 3_000
    assert "tea" in str(pieces(deep)) or pieces(deep) == []


def test_hostile_text_is_read_in_one_go():
    assert pieces("\\(" * 100_000) and pieces("<" * 100_000) and pieces("$$" * 99_999)


@pytest.mark.parametrize(
    "text", ["", "   ", "\x00\x01", "<", "<p", "<!--", "</p>", "<![CDATA[x]]>"]
)
def test_scraps_of_markup_do_no_harm(text):
    pieces(text)


@pytest.mark.parametrize(
    ("address", "clip"),
    [
        ("//www.youtube.com/embed/dQw4w9WgXcQ?start=3", Clip("A", "dQw4w9WgXcQ", start=3)),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            Clip("A", vimeo="76979871", key="8272103f6e"),
        ),
        ("https://vimeo.com/album/2632481", None),
        ("https://www.youtube.com/embed/videoseries?list=PLa", None),
        ("https://evil.example/youtube.com/embed/dQw4w9WgXcQ", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_hosted_videos_are_known_by_their_address(address, clip):
    assert hosted_clip(address, "A") == clip


def test_an_address_without_a_host_is_none():
    assert web_address("https:///path") is None


def test_a_picture_among_definitions_follows_their_list():
    written = (
        '<dl><dt>Oolong</dt><dd>dark<img src="/static/tea_leaf.png" alt="A leaf"></dd></dl>Steep.'
    )
    assert pieces(written) == [
        Prose("<ul><li><b>Oolong</b>: dark</li></ul><p>Steep.</p>"),
        Picture("static/tea leaf.png", "A leaf"),
    ]


def test_a_quote_keeps_its_paragraphs_and_its_links_follow_it():
    quote = """<blockquote><p>First cup.</p><ul><li>See <a href="https://example.org/tea">the
        poem</a></li></ul><footer>— Lu Tong</footer></blockquote>"""
    markup = read_markup(quote, Links({}, SomeAssets()))
    assert markup.pieces == [
        Quotation("First cup.\n\nSee the poem", "Lu Tong"),
        Prose('<p><a href="https://example.org/tea">the poem</a></p>'),
    ]
    assert markup.reasons == ["links inside a quote follow it"]


def test_a_caption_with_a_link_follows_its_picture():
    figure = """<figure><img src="/static/tea_leaf.png" alt="A leaf"><figcaption>By
        <a href="https://example.org">Ada</a></figcaption></figure>"""
    pieces = read_markup(figure, Links({}, SomeAssets())).pieces
    assert pieces == [
        Picture("static/tea leaf.png", "A leaf"),
        Prose('<p>By <a href="https://example.org">Ada</a></p>'),
    ]
