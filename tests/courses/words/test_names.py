"""Initials, greetings and what strangers read, of names from everywhere."""

import pytest

from courses.words.names import first_part, initials, short_form
from courses.words.segments import letters

# name: initials, what somebody is greeted by, what strangers read
NAMES = {
    "Noor Brandt-Adeyo": ("NB", "Noor", "Noor B."),
    "Nguyễn Thị Minh Hằng": ("NH", "Nguyễn", "Nguyễn H."),
    "bell hooks": ("BH", "bell", "bell H."),
    "Cher": ("C", "Cher", "Cher"),
    "José María de la Cruz": ("JC", "José", "José C."),
    "Dr. Ludwig van Beethoven": ("LB", "Ludwig", "Ludwig B."),
    "Prof. Dr. Anna": ("A", "Anna", "Anna"),
    "Jane Doe, PhD": ("JD", "Jane", "Jane D."),
    "Martin Luther King Jr.": ("MK", "Martin", "Martin K."),
    "J. R. R. Tolkien": ("JT", "J.", "J. T."),
    "J.R.R. Tolkien": ("JT", "J.R.R.", "J.R.R. T."),
    "محمد العلي، دكتور": ("م", "محمد", "محمد ع."),
    "Omar al-Farsi": ("OF", "Omar", "Omar F."),
    "Jean d'Alembert": ("JA", "Jean", "Jean A."),
    "Sinéad O'Connor": ("SO", "Sinéad", "Sinéad O."),
    "Kumar A/L Raman": ("KR", "Kumar", "Kumar R."),
    "ǆemal Ölçer": ("ǅÖ", "ǆemal", "ǆemal Ö."),
    "Мария Иванова-Петрова": ("МИ", "Мария", "Мария И."),
    "Ελένη Παπαδοπούλου": ("ΕΠ", "Ελένη", "Ελένη Π."),
    # No capitals: two letters would read as a word, or as another name.
    "محمد العلي": ("م", "محمد", "محمد ع."),
    "נועה כהן": ("נ", "נועה", "נועה כ."),
    "रमेश कुमार": ("र", "रमेश", "रमेश कु."),
    "श्रीकांत त्यागी": ("श्री", "श्रीकांत", "श्रीकांत त्या."),
    "মৌসুমী ভৌমিক": ("মৌ", "মৌসুমী", "মৌসুমী ভৌ."),
    "เปรม ใจดี": ("ป", "เปรม", "เปรม จ."),
    "น้ำฝน สุขใจ": ("น้ำ", "น้ำฝน", "น้ำฝน สุ."),
    "ნინო ბერიძე": ("ნ", "ნინო", "ნინო ბ."),
    # The family's name stands first, and often in one piece with the other.
    "山田 太郎": ("山", "山田", "山田"),
    "山田太郎": ("山", "山田太郎", "山…"),
    "王": ("王", "王", "王"),
    "김민수": ("김", "김민수", "김…"),
    "さくら": ("さ", "さくら", "さくら"),
    "Wen Li 李文": ("W", "Wen", "Wen 李."),
    # A letter with its mark, whichever way it was typed.
    "e\u0301lan vital": ("E\u0301V", "e\u0301lan", "e\u0301lan V."),
    "(Bo) 😀": ("B", "(Bo)", "(Bo)"),
    "😀": ("·", "😀", ""),
    "Dr.": ("D", "Dr.", "Dr."),
    "": ("·", "", ""),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_made_of_a_name(name):
    assert (initials(name), first_part(name), short_form(name)) == NAMES[name]


@pytest.mark.parametrize("name", NAMES)
def test_initials_are_two_whole_letters_at_most(name):
    assert 1 <= len(letters(initials(name))) <= 2


def test_nobody_has_a_dot_for_initials():
    assert (initials(None), first_part(None), short_form(None)) == ("·", "", "")
