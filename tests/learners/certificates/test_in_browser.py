"""The certificate's page holds whatever is long, in a large window and on a phone."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from learners.certificates.lengths import NAME, length_class, width_of
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.models import Certificate
from tests.learners.certificates.test_layout import LONG
from tests.study import a_course_to_study, lessons_of

# Whether each text stands inside the inner rule, and none over another.
OVERLAPS = """() => {
  const inner = document.querySelector(".certificate .inner").getBoundingClientRect();
  const texts = [...document.querySelectorAll(
    ".certificate .inner > p, .certificate h2, .certificate h3, .certificate .base > *")];
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1
    || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
  // The seal hangs a little below the line, as designed.
  const below = (text) => (text.className === "seal" ? 0.011 * inner.width / 0.78 : 0) + 2;
  const found = [];
  boxes.forEach((box, i) => {
    const sideways = box.left < inner.left - 1 || box.right > inner.right + 1;
    if (sideways || box.bottom > inner.bottom + below(texts[i]))
      found.push(`${texts[i].className || texts[i].tagName} leaves the sheet`);
    if (texts[i].scrollWidth > texts[i].clientWidth + 1)
      found.push(`${texts[i].className || texts[i].tagName} is wider than its place`);
    boxes.slice(i + 1).forEach((other, j) => {
      if (!apart(box, other)) found.push(`${i} and ${i + 1 + j} overlap`);
    });
  });
  return found;
}"""


@pytest.fixture
def certificate(ada, cleo):
    enrollment = enroll(user=cleo, course=a_course_to_study(by=ada))
    for lesson in lessons_of(enrollment.course):
        mark_complete(enrollment=enrollment, lesson=lesson)
    return Certificate.objects.get()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_long_leaves_its_place(page, live_site, certificate, width):
    page.set_viewport_size({"width": width, "height": 900})
    for kind, (name, title, producer) in LONG.items():
        Certificate.objects.update(
            name=name[:120], course_title=title[:255], producer_name=producer[:120]
        )

        page.goto(f"{live_site}/certificates/{certificate.code}/")

        expect(page.locator(".certificate h2")).to_be_visible()
        assert page.evaluate(OVERLAPS) == [], kind
        sheet = page.locator(".certificate").bounding_box()
        assert sheet["x"] + sheet["width"] <= width, kind


@pytest.mark.browser
def test_the_page_is_printed_on_one_sheet_and_fills_it(page, live_site, certificate):
    page.goto(f"{live_site}/certificates/{certificate.code}/")

    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    assert len(printed.pages) == 1
    page.emulate_media(media="print")
    sheet = page.locator(".certificate").bounding_box()
    assert (sheet["x"], sheet["y"]) == (0, 0)


def test_what_is_long_is_told_by_its_width():
    assert width_of("Noor") == 4.5
    assert width_of("山田花子") == 8
    assert length_class("Noor Brandt-Adeyo", NAME) == ""
    assert length_class("W" * 30, NAME) == "longer"
    assert length_class("山" * 60, NAME) == "longest"
