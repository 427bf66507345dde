"""Courses and the people who write them together."""

import logging
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import Collection

from courses.errors import CourseError
from courses.isolation.policies import forget, group_page_actions
from courses.models import CataloguePage, CoursePage, CourseTeamMember, StructureType, TeamRole
from courses.models.review_task import CourseReviewTask
from courses.models.team import leads, may_teach
from courses.people import Person
from courses.words.cutting import clip

logger = logging.getLogger(__name__)

ONLY_PRODUCERS = gettext_lazy("Only producers join a team. Apply to teach first.")
REVIEWS_COURSES = gettext_lazy(
    "You review courses, and could not review this one any more. "
    "Ask an admin to invite you, if you would like to write it along."
)


def create_course(
    *, producer: Person, title: str, structure_type: str = StructureType.HIERARCHICAL, **fields: Any
) -> CoursePage:
    """A new draft under the catalogue, with ``producer`` as its lead and a collection of its own.

    ``fields`` are those of CoursePage. A slug is made from the title when none is given.
    Raises CourseError when the person may not author, or when there is no catalogue yet.
    """
    if not may_teach(producer):
        raise CourseError(_("Only producers can create courses."), code="only_producers_create")
    with transaction.atomic():
        # Whoever adds to the tree waits here: two children must not get one place.
        catalogue = CataloguePage.objects.select_for_update().order_by("pk").first()
        if catalogue is None:
            raise CourseError(
                _("There is no catalogue page yet. An admin must create it first."),
                code="no_catalogue",
            )
        title = title.strip()
        fields.setdefault("slug", _free_slug(catalogue, title))
        course = catalogue.add_child(
            instance=CoursePage(
                title=title,
                structure_type=structure_type,
                owner=producer,
                live=False,
                collection=_new_collection(title),
                **fields,
            )
        )
        CourseTeamMember.objects.create(course=course, user=producer, role=TeamRole.LEAD)
        course.save_revision(user=producer, log_action=False)
        log(instance=course, action="wagtail.create", user=producer, content_changed=True)
    forget(producer)
    logger.info(
        "course created",
        extra={"event": "course.created", "course": course.pk, "user": str(producer.pk)},
    )
    return course


def _free_slug(catalogue: CataloguePage, title: str) -> str:
    """``sewing-by-hand``, or ``sewing-by-hand-2`` when that address is taken."""
    stem = slugify(title)[:200] or "course"
    taken = set(
        catalogue.get_children().filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _new_collection(title: str) -> Collection:
    """The course's own, below the root of collections, which is locked meanwhile."""
    root = Collection.objects.select_for_update().get(depth=1)
    return root.add_child(instance=Collection(name=clip(title, 255)))


def may_manage_team(user: Person, course: CoursePage) -> bool:
    """The lead, and admins."""
    return administers(user) or leads(user, course.pk)


def administers(user: Person) -> bool:
    return user.is_active and "publish" in group_page_actions(user)


def join_team(*, course: CoursePage, user: Person, by: Person) -> CourseTeamMember:
    """Puts ``user`` on the team, whom ``by`` asked; doing it again changes nothing.

    Called by ``invitations.accept_invitation``, for nobody joins who did not say yes. Raises
    CourseError for who does not teach, and for a reviewer whom no admin asked: on a team one
    decides nothing, so a lead could choose who is left to decide on the course.
    """
    if CourseReviewTask.may_decide(user) and not administers(by):
        raise CourseError(REVIEWS_COURSES, code="reviews_courses")
    if not may_teach(user):
        raise CourseError(ONLY_PRODUCERS, code="only_producers_join")
    with transaction.atomic():
        member, created = CourseTeamMember.objects.get_or_create(course=course, user=user)
        if created:
            log(instance=course, action="courses.team", user=by, data={"added": str(user)})
    forget(user)
    if created:
        _tell("instructor added", "team.added", member, by)
    return member


def remove_member(*, member: CourseTeamMember, by: Person) -> None:
    """Takes a co-instructor off the team; what they wrote and uploaded stays.

    An instructor may leave by themselves. Raises CourseError for the lead, also for one who
    was made the lead a moment ago. Removing somebody who has left changes nothing.
    """
    course = member.course
    with transaction.atomic():
        now = course.team.select_for_update().filter(pk=member.pk).first()
        if member.user_id != by.pk and not may_manage_team(by, course):
            raise not_the_lead()
        if now is None:
            return
        if now.role == TeamRole.LEAD:
            raise CourseError(
                _("A course needs its lead. Make somebody else the lead first."), code="lead_stays"
            )
        now.delete()
        log(instance=course, action="courses.team", user=by, data={"removed": str(member.user)})
    forget(member.user)
    _tell("member removed", "team.removed", member, by)


def make_lead(*, member: CourseTeamMember, by: Person) -> CourseTeamMember:
    """Hands the course over; the former lead stays on the team as an instructor.

    Handing it to its lead changes nothing. Raises CourseError for somebody who does not teach
    here any more: a course without a teaching lead is not sold.
    """
    course = member.course
    with transaction.atomic():
        team = list(
            course.team.select_related("user").select_for_update(of=("self",)).order_by("pk")
        )
        if not may_manage_team(by, course):
            raise CourseError(
                _("Only the lead of a course can hand it over."), code="only_lead_hands_over"
            )
        now = next((other for other in team if other.pk == member.pk), None)
        if now is None:
            raise CourseError(_("This person has left the team."), code="left_the_team")
        if now.role == TeamRole.LEAD:
            return now
        if not now.teaches:
            raise CourseError(
                _("This person does not teach here any more, so the course cannot be theirs."),
                code="does_not_teach",
            )
        for other in team:
            if other.role == TeamRole.LEAD:
                other.role = TeamRole.INSTRUCTOR
                other.save(update_fields=["role"])
        member.role = TeamRole.LEAD
        member.save(update_fields=["role"])
        # Who was asked by the former lead is asked by the new one.
        former = [other.user_id for other in team if other.pk != member.pk]
        course.invitations.waiting().filter(invited_by__in=former).update(invited_by=member.user)
        log(instance=course, action="courses.team", user=by, data={"lead": str(member.user)})
    _tell("course handed over", "team.lead", member, by)
    return member


def not_the_lead() -> CourseError:
    return CourseError(
        _("Only the lead of a course can change its team."), code="only_lead_changes_team"
    )


def _tell(what: str, event: str, member: CourseTeamMember, by: Person) -> None:
    logger.info(
        what,
        extra={
            "event": event,
            "course": member.course_id,
            "member": str(member.user_id),
            "user": str(by.pk),
        },
    )
