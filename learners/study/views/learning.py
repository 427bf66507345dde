"""My learning: where one stopped, everything else by state, history, and one's review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learners.access.doors import gated
from learners.errors import LearnerError
from learners.reviews.forms import ReviewForm
from learners.reviews.writing import own_review, write_review
from learners.study.selectors import course_for_learner, history_of, shelf_of
from learners.study.syllabus import syllabus_of


@login_required
@require_safe
@gated
def my_learning(request: HttpRequest) -> HttpResponse:
    return render(request, "learners/study/my_learning.html", {"shelf": shelf_of(request.user)})


@login_required
@require_safe
@gated
def history(request: HttpRequest, uuid) -> HttpResponse:
    """Every lesson one opened in a course, those that have left it included."""
    course, enrollment = course_for_learner(uuid, request.user)
    if course is None:
        raise Http404
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
def review(request: HttpRequest, uuid) -> HttpResponse:
    """Write one's review of a course, or change it."""
    course, enrollment = course_for_learner(uuid, request.user)
    if course is None or not enrollment.is_open:
        raise Http404
    written = own_review(request.user, course)
    initial = {"rating": written.rating, "content": written.content} if written else None
    form = ReviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            write_review(user=request.user, course=course, **form.cleaned_data)
        except LearnerError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your review is on the course page."))
            return redirect("learners:my_learning")
    context = {"course": course, "enrollment": enrollment, "form": form, "written": written}
    return render(
        request, "learners/reviews/review.html", context, status=422 if form.errors else 200
    )
