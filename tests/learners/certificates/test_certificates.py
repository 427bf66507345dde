"""Certificates: given once, frozen, proved in public, printed."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader

from courses.models import CourseTeamMember
from learners.certificates.issuing import find_certificate, format_code, normalise_code
from learners.certificates.pdf.ornament import frame_svg, seal_svg
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete
from learners.models import Certificate
from perfomix.languages import pseudo
from tests.people import logged_in
from tests.study import a_course_to_study, lessons_of

pytestmark = pytest.mark.django_db
IMAGES = Path(__file__).resolve().parents[3] / "static" / "img"


@pytest.fixture
def course(ada):
    return a_course_to_study(by=ada, title="Sewing by hand")


@pytest.fixture
def certificate(cleo, course):
    enrollment = enroll(user=cleo, course=course)
    for lesson in lessons_of(course):
        mark_complete(enrollment=enrollment, lesson=lesson)
    return Certificate.objects.get()


def proof(code):
    return reverse("learners:certificate", args=[code])


def printed(client, code):
    response = client.get(reverse("learners:certificate_pdf", args=[code]))
    return response, PdfReader(io.BytesIO(response.content))


def test_a_certificate_says_who_what_how_much_and_when(certificate, cleo):
    assert certificate.name == "Cleo Marchetti"
    assert certificate.course_title == "Sewing by hand"
    assert certificate.producer_name == "Ada Okafor"
    assert (certificate.lessons, certificate.minutes) == (4, 4)
    assert certificate.number == 1
    assert certificate.issued_at == certificate.enrollment.completed_at
    assert certificate.issued_on == certificate.issued_at.date()


def test_numbers_follow_one_another(certificate, dana, course):
    enrollment = enroll(user=dana, course=course)
    for lesson in lessons_of(course):
        mark_complete(enrollment=enrollment, lesson=lesson)

    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_it_stays_as_it_was_whatever_changes(client, certificate, cleo, course):
    cleo.name = "Somebody New"
    cleo.save(update_fields=["name"])
    type(course).objects.filter(pk=course.pk).update(title="Another title", live=False)
    revoke(enrollment=certificate.enrollment)

    text = client.get(proof(certificate.code)).text

    assert "Cleo Marchetti" in text
    assert "Sewing by hand" in text
    assert "Somebody New" not in text
    assert "Another title" not in text


def test_page_and_pdf_keep_every_name_of_the_day(client, certificate, cleo, ada, course):
    type(cleo).objects.filter(pk=cleo.pk).update(name="Somebody New")
    type(ada).objects.filter(pk=ada.pk).update(name="Ada Newname")
    type(course).objects.filter(pk=course.pk).update(title="Another title")
    CourseTeamMember.objects.filter(course=course).delete()

    page = client.get(proof(certificate.code)).text
    _, pdf = printed(client, certificate.code)

    for text in (page, pdf.pages[0].extract_text()):
        for then in ("Cleo Marchetti", "Ada Okafor", "Sewing by hand"):
            assert then in text
        for now in ("Somebody New", "Ada Newname", "Another title"):
            assert now not in text


def test_anyone_with_the_code_sees_the_proof(client, certificate):
    response = client.get(proof(certificate.code))

    assert response.status_code == 200
    assert "This certificate is genuine." in response.text
    assert format_code(certificate.code) in response.text
    assert 'property="og:title"' in response.text
    assert response["Cache-Control"] == "private, no-store"
    assert "cleo@example.com" not in response.text


@pytest.mark.parametrize(
    "typed", ["{}", "{} ", "{lower}", "{dashes}", "-{dashes}-", "{spaced}", "{confused}"]
)
def test_the_code_is_found_however_it_was_copied(certificate, typed):
    code = certificate.code
    written = typed.format(
        code,
        lower=code.lower(),
        dashes=format_code(code),
        spaced=" ".join(code),
        confused=code.replace("0", "O").replace("1", "l"),
    )

    assert find_certificate(written) == certificate


@pytest.mark.parametrize("code", ["1", "00001", "A" * 26, "A" * 25, "A" * 400, "..%2f"])
def test_wrong_codes_all_get_one_answer(client, certificate, code):
    response = client.get(f"/certificates/{code}/")

    assert response.status_code == 404
    assert "Cleo" not in response.text


def test_the_number_opens_nothing(client, certificate):
    assert client.get(proof(certificate.number)).status_code == 404
    assert find_certificate(str(certificate.pk)) is None


def test_the_form_leads_to_the_proof_or_says_what_is_wrong(client, certificate):
    verify = reverse("learners:verify")

    assert client.get(verify).status_code == 200
    found = client.get(verify, {"code": format_code(certificate.code).lower()})
    assert found["Location"] == proof(certificate.code)
    wrong = client.get(verify, {"code": "7K2M"})
    assert wrong.status_code == 422
    assert "There is no certificate with this code." in wrong.text
    assert wrong.context["form"].has_error("code", "code_unknown")


def test_codes_have_more_than_a_hundred_and_twenty_eight_bits():
    codes = {Certificate().code for _ in range(50)}

    assert len(codes) == 50
    assert {len(code) for code in codes} == {26}
    assert all(normalise_code(code) == code for code in codes)


def test_the_pdf_says_the_same(client, certificate):
    response, pdf = printed(client, certificate.code)

    text = pdf.pages[0].extract_text()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="sewing-by-hand-cleo-marchetti.pdf"'
    )
    assert len(pdf.pages) == 1
    for words in ("Cleo Marchetti", "Sewing by hand", "Ada Okafor", "4 lessons", "No. 00001"):
        assert words in text
    assert format_code(certificate.code) in text
    links = [
        note.get_object()["/A"]["/URI"]
        for note in pdf.pages[0]["/Annots"]
        if "/A" in note.get_object()
    ]
    assert set(links) == {f"http://testserver{proof(certificate.code)}"}


def test_the_pdf_speaks_the_language_of_whoever_prints_it(client, certificate):
    client.get(f"/language/{pseudo.ACCENTED}/")

    _, pdf = printed(client, certificate.code)

    words = pdf.pages[0].extract_text()
    for ours in ("This is to say that", "has finished the course", "taught this course"):
        # The brackets are mathematics, which no name or title needs: a sign stands for them.
        assert pseudo.accented(ours).strip("⟦⟧") in words
        assert ours not in words
    for theirs in ("Cleo Marchetti", "Sewing by hand", "Ada Okafor"):
        assert theirs in words
    assert pdf.metadata.title.startswith("⟦")
    assert pdf.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Ångström",
        "Ivo Petrović",
        "Ngũgĩ wa Thiong’o",
        '#set text(red) $x$ *bold* \\ " `',
        "李小龙",
    ],
)
def test_a_name_is_printed_as_it_is_and_never_as_markup(client, certificate, name):
    Certificate.objects.update(name=name)

    response, pdf = printed(client, certificate.code)

    assert response.status_code == 200
    text = pdf.pages[0].extract_text()
    if name.isascii() or "Z" in name:
        assert name.split()[0] in text


def test_a_wrong_code_has_no_pdf(client, certificate):
    response = client.get(reverse("learners:certificate_pdf", args=["A" * 26]))

    assert response.status_code == 404
    assert not response.content.startswith(b"%PDF")


def test_the_owner_finds_it_in_my_learning(client, cleo, certificate):
    assert proof(certificate.code) in logged_in(client, cleo).get("/my-learning/").text


def test_screen_and_print_show_the_same_ornaments():
    assert (IMAGES / "certificate-frame.svg").read_text() == frame_svg()
    assert (IMAGES / "certificate-seal.svg").read_text() == seal_svg()
