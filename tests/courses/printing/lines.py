"""A line in each script, and its picture. ``python -m tests.courses.printing.lines`` draws anew;
look at each before it is committed, for the tests take them for right."""

from pathlib import Path
from typing import Literal

from courses.printing import typeset
from courses.printing.faces import DISPLAY, faces
from courses.printing.texts import told

FOLDER = Path(__file__).parent
PICTURES = FOLDER / "pictures"
LINES = {
    "latin": "Łucja Ünal-Ştefănescu, Đỗ Thị Hậu",
    "cyrillic": "Євгенія Щербакова Ђорђе",
    "greek": "Ἀχιλλεύς Παπαδόπουλος",
    "arabic": "محمد بن عبد الله",
    "persian": "می‌خواهم گچ‌پژ",
    "urdu": "ٹیپو ڈاکٹر ہے",
    "hebrew": "דָּוִד בֶּן־גּוּרִיּוֹן",
    "mixed": "نور (Noor) 12 الدين",
    "devanagari": "प्रिया कृष्णमूर्ति शर्मा हिन्दी",
    "bengali": "ফাতেমা আক্তার ক্ষ্মী স্ত্রী",
    "tamil": "கிருஷ்ணன் ஸ்ரீ மொழி",
    "telugu": "శ్రీనివాస్ కృష్ణ",
    "thai": "น้ำผึ้ง ปู่ ที่ กตัญญู",
    "khmer": "ស្រីមុំ ខ្មែរ",
    "myanmar": "မြန်မာ ကျော်",
    "simplified": "赵小龙 直骨 龑䶮",
    "traditional": "陳大文 繁體 骨",
    "japanese": "山﨑 直子 𠮷骨 さくら",
    "korean": "김민수 뷁 骨",
    "emoji": "Zoë 🎉 👩‍🚀 ❤️",
}


def picture_of(text: str, *, format: Literal["pdf", "png"] = "png") -> bytes:  # noqa: A002
    return typeset(
        FOLDER / "line.typ",
        data={"faces": faces(DISPLAY), "told": told(text, language="en")},
        pictures={},
        format=format,
        ppi=72 if format == "png" else None,
    )


if __name__ == "__main__":
    for name, line in LINES.items():
        (PICTURES / f"{name}.png").write_bytes(picture_of(line))
