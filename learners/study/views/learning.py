"""My learning: where one stopped, everything else by state, history, and one's review."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.people import signed_in
from learners.access.doors import gated
from learners.errors import LearnerError
from learners.reviews.forms import ReviewForm
from learners.reviews.writing import own_review, write_review
from learners.study.selectors import enrollment_in, history_of, shelf_of
from learners.study.syllabus import syllabus_of


@login_required
@require_safe
@gated
def my_learning(request: HttpRequest) -> HttpResponse:
    shelf = shelf_of(signed_in(request))
    context = {"shelf": shelf, "section": "learning"}
    return render(request, "learners/study/my_learning.html", context)


@login_required
@require_safe
@gated
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every lesson one opened in a course, those that have left it included."""
    enrollment = enrollment_in(uuid, signed_in(request))
    if enrollment is None:
        raise Http404
    course = enrollment.course
    syllabus = syllabus_of(course_id=course.pk, enrollment=enrollment)
    context = {
        "course": course,
        "enrollment": enrollment,
        "syllabus": syllabus,
        "lessons": history_of(enrollment, syllabus),
    }
    return render(request, "learners/study/history.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@gated
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write one's review of a course, or change it."""
    user = signed_in(request)
    enrollment = enrollment_in(uuid, user)
    # Whoever writes while the course closes to them is refused below, and keeps their words.
    if enrollment is None or not (enrollment.is_open or request.method == "POST"):
        raise Http404
    course = enrollment.course
    written = own_review(user, course)
    initial = {"rating": written.rating, "content": written.content} if written else None
    form = ReviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_review(user=user, course=course, **form.cleaned_data)
        except LearnerError as refusal:
            form.add_error(None, ValidationError(str(refusal), code=refusal.code))
        else:
            messages.success(request, _("Your review is on the course page."))
            return redirect("learners:my_learning")
    context = {"course": course, "enrollment": enrollment, "form": form, "written": written}
    return render(
        request, "learners/reviews/review.html", context, status=422 if form.errors else 200
    )
