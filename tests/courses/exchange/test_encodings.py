"""Texts without a mark, in what people wrote before UTF-8."""

import codecs

import pytest

from courses.exchange.encodings import Decoded, UnknownEncoding, decode

TEA = "Чай пьют горячим и медленно, а воду для него кипятят один раз."
TEXTS = [
    ("fr", "Café crème à la carte, déjà vu; garçon, voilà l’été où naît la forêt.", "cp1252"),
    ("de", "Übung macht den Meister. Größe, Fuß, Äpfel und Öl über alles.", "cp1252"),
    ("es", "¿Cómo estás? El niño comió una piña mañana por la mañana.", "cp1252"),
    ("fr", "Café", "cp1252"),
    ("en", "It’s a “quoted” word – really", "cp1252"),
    ("pl", "Zażółć gęślą jaźń. Źródło wody jest na górze, gdzie rośnie świerk.", "cp1250"),
    ("cs", "Příliš žluťoučký kůň úpěl ďábelské ódy.", "cp1250"),
    ("tr", "Şişli’de güneşli bir gün, çocuklar ağaçların altında oynuyor.", "cp1254"),
    ("ru", TEA, "cp1251"),
    ("ru", TEA, "koi8_r"),
    ("en", TEA, "cp1251"),
    ("TR-tr", "Ağaç", "cp1254"),
    ("el", "Το τσάι πίνεται ζεστό και αργά το απόγευμα.", "cp1253"),
    ("he", "התה נשתה חם ולאט אחר הצהריים", "cp1255"),
    ("ar", "يشرب الشاي ساخنا وببطء بعد الظهر", "cp1256"),
    ("ja", "お茶は熱いうちにゆっくり飲みます。今日は良い天気です。", "shift_jis"),
    ("zh", "茶要趁热慢慢喝。今天天气很好,我们去公园散步。", "gb18030"),
    ("ko", "차는 뜨거울 때 천천히 마십니다.", "euc_kr"),
]


@pytest.mark.parametrize(("language", "text", "encoding"), TEXTS)
def test_a_text_of_old_is_read_as_it_was_written_and_called_a_guess(language, text, encoding):
    page = f"<p>{text}</p>"
    assert decode(page.encode(encoding), language) == Decoded(page, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_says_how_it_is_written_is_no_guess(encoding):
    assert decode("<p>Café</p>".encode(encoding), "fr") == Decoded("<p>Café</p>")


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
)
def test_a_mark_says_which_half_of_a_letter_comes_first(mark, encoding):
    assert decode(mark + "Café".encode(encoding), "fr") == Decoded("Café")
    with pytest.raises(UnknownEncoding):
        decode(mark + "Café".encode(encoding)[:-1], "fr")


@pytest.mark.parametrize(
    "data", [b"\x00\xff\xfe", b"\xff\xfea", b"\x81\x8d\x00", b"Caf\xe9 cr\xe8me\x00"]
)
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(UnknownEncoding):
        decode(data, "en")
