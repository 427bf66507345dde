"""What a word is in twenty languages and more: one sentence each, read by several tests.

``finds`` are searches that must find a course with the sentence for a title, ``misses`` such
that must not: words that share letters, signs or syllables with it and are others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    language: str
    text: str
    words: list[str]
    folded: list[str]
    finds: list[str]
    misses: list[str]


GOLDEN = [
    Sample(
        "en",
        "Don't panic: mapping with Node.js, R&D and C++",
        ["Don't", "panic", "mapping", "with", "Node.js", "R&D", "and", "C++"],
        ["don", "t", "panic", "mapping", "with", "node.js", "r&d", "and", "c++"],
        ["maps", "NODE.JS", "nodejs", "node js", "c++", "r&d", "don't panic", "pani"],
        ["c", "c#", "r", "node php", "d"],
    ),
    Sample(
        "de",
        "Häuser und Straßen zeichnen",
        ["Häuser", "und", "Straßen", "zeichnen"],
        ["hauser", "und", "strassen", "zeichnen"],
        ["häuser", "Hauser", "STRASSEN", "straße", "zeichne"],
        ["maus", "reichen"],
    ),
    Sample(
        "fr",
        "L’été à l'école : dessiner l’eau",
        ["L’été", "à", "l'école", "dessiner", "l’eau"],
        ["l", "ete", "a", "l", "ecole", "dessiner", "l", "eau"],
        ["eau", "ete", "école", "l'eau", "dessine"],
        ["veau", "decole"],
    ),
    Sample(
        "es",
        "¿Cómo cocinar piñas?",
        ["Cómo", "cocinar", "piñas"],
        ["como", "cocinar", "pinas"],
        ["piña", "cocinando", "cómo"],
        ["espinas"],
    ),
    Sample(
        "pl",
        "Łódź i żagle",
        ["Łódź", "i", "żagle"],
        ["lodz", "i", "zagle"],
        ["łódź", "lodz", "żagl"],
        ["mlodz"],
    ),
    Sample(
        "cs",
        "Žluťoučký kůň",
        ["Žluťoučký", "kůň"],
        ["zlutoucky", "kun"],
        ["kůň", "KUN", "zluto"],
        ["skun"],
    ),
    Sample(
        "tr",
        "İstanbul'da ışık ve gölge",
        ["İstanbul'da", "ışık", "ve", "gölge"],
        ["istanbul", "da", "isik", "ve", "golge"],
        ["istanbul", "ISTANBUL", "İstanbul", "ışık", "isik", "gölgeler"],
        ["tanbul"],
    ),
    Sample(
        "vi",
        "Học nấu ăn đường phố",
        ["Học", "nấu", "ăn", "đường", "phố"],
        ["hoc", "nau", "an", "duong", "pho"],
        ["phố", "pho", "nấu ăn", "duong"],
        ["lanau"],
    ),
    Sample(
        "ru",
        "Чай и йога: учимся у Фёдора",
        ["Чай", "и", "йога", "учимся", "у", "Фёдора"],
        ["чай", "и", "йога", "учимся", "у", "федора"],
        ["чай", "ЙОГА", "йогой", "Федора", "Фёдора"],
        ["иога", "чайка"],
    ),
    Sample(
        "uk",
        "М'ята і їжа",
        ["М'ята", "і", "їжа"],
        ["мята", "і", "їжа"],
        ["м'ята", "м’ята", "мята", "їжа"],
        ["ята", "іжа"],
    ),
    Sample(
        "el",
        "Μαθήματα μαγειρικής",
        ["Μαθήματα", "μαγειρικής"],
        ["μαθηματα", "μαγειρικησ"],
        ["μαθημα", "ΜΑΓΕΙΡΙΚΗΣ", "μαγειρική"],
        ["γειρικης"],
    ),
    Sample(
        "ar",
        "تَعَلَّمْ فنَّ الشّاي الأردنيّ",
        ["تَعَلَّمْ", "فنَّ", "الشّاي", "الأردنيّ"],
        ["تعلم", "فن", "الشاي", "الاردني"],
        ["تعلم", "الشاي", "شاي", "الاردني", "تــعلم"],
        ["يوغا", "ردن"],
    ),
    Sample(
        "he",
        'לימודי צה"ל: שָׁלוֹם ותה',
        ["לימודי", 'צה"ל', "שָׁלוֹם", "ותה"],
        ["לימודי", "צהל", "שלום", "ותה"],
        ["שלום", "צה״ל", "צהל", "לימודי"],
        ["יוגה", "צה"],
    ),
    Sample(
        "fa",
        "یادگیری می‌شود کتاب",
        ["یادگیری", "می‌شود", "کتاب"],
        ["يادگيري", "ميشود", "كتاب"],
        ["کتاب", "كتاب", "می‌شود", "میشود"],
        ["شود"],
    ),
    Sample(
        "ur",
        "اردو کی پہلی کتاب",
        ["اردو", "کی", "پہلی", "کتاب"],
        ["اردو", "كي", "پهلي", "كتاب"],
        ["کتاب", "پہلی", "اردو"],
        ["تاب"],
    ),
    Sample(
        "hi",
        "घर पर चाय बनाना और क़लम",
        ["घर", "पर", "चाय", "बनाना", "और", "क़लम"],
        ["घर", "पर", "चाय", "बनाना", "और", "कलम"],
        ["चाय", "बनाना", "क़लम", "कलम", "बना"],
        ["योग", "यक", "चय", "च", "बन न"],
    ),
    Sample(
        "bn",
        "বাড়িতে চা তৈরি",
        ["বাড়িতে", "চা", "তৈরি"],
        ["বাড়িতে", "চা", "তৈরি"],
        ["চা", "তৈরি", "বাড়ি"],
        ["যোগ", "চ", "তরি"],
    ),
    Sample(
        "ta",
        "தேநீர் செய்முறை",
        ["தேநீர்", "செய்முறை"],
        ["தேநீர்", "செய்முறை"],
        ["தேநீர்", "செய்"],
        ["யோகா", "தநர"],
    ),
    Sample(
        "th",
        "เรียนภาษาไทยและน้ำชา",
        ["เรียน", "ภาษา", "ไทย", "และ", "น้ำ", "ชา"],
        ["เรียน", "ภาษา", "ไทย", "และ", "น้ํา", "ชา"],
        ["ภาษาไทย", "ไทย", "น้ำ", "เรียน ไทย", "น้ำชา"],
        ["โยคะ", "ยน", "ษา"],
    ),
    Sample(
        "lo",
        "ຮຽນພາສາລາວ",
        ["ຮຽນ", "ພາສາ", "ລາວ"],
        ["ຮຽນ", "ພາສາ", "ລາວ"],
        ["ພາສາ", "ພາສາລາວ"],
        ["ສາລາ"],
    ),
    Sample(
        "km",
        "រៀនភាសាខ្មែរនៅផ្ទះ",
        ["រៀន", "ភាសាខ្មែរ", "នៅផ្ទះ"],
        ["រៀន", "ភាសាខ្មែរ", "នៅផ្ទះ"],
        ["រៀន", "ភាសាខ្មែរ", "នៅផ្ទះ"],
        ["ទះ", "ខ្មែ"],
    ),
    Sample(
        "zh",
        "在家学习泡茶和C#基础",
        ["在家", "学习", "泡茶", "和", "C#", "基础"],
        ["在家", "家学", "学习", "习泡", "泡茶", "茶和", "c#", "基础"],
        ["泡茶", "学习", "茶", "C#", "基础", "c# 基础"],
        ["瑜伽", "茶学", "c"],
    ),
    Sample(
        "ja",
        "はじめての紅茶とＣ＋＋入門",
        ["はじめて", "の", "紅茶", "と", "Ｃ＋＋", "入門"],
        ["はじ", "じめ", "めて", "ての", "の紅", "紅茶", "茶と", "c++", "入門"],
        ["紅茶", "茶", "C++", "入門", "はじめて", "c++入門"],
        ["抹茶", "はし", "c", "門入"],
    ),
    Sample(
        "ko",
        "집에서 요리를 배워요",
        ["집에서", "요리를", "배워요"],
        ["집에서", "요리를", "배워요"],
        ["요리", "집", "배워"],
        ["리를", "료리"],
    ),
]

# Names of the trade: every one is found by itself and by none of the others.
NAMES = [
    "C",
    "C#",
    "C++",
    "F#",
    "F",
    ".NET",
    "R",
    "R&D",
    "A/B",
    "3D",
    "D",
    "Node.js",
    "Objective-C",
]
