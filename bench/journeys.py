"""What people do on the site, as requests, and what each must answer and leave behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Q
from django.urls import reverse

from learners.models import Enrollment, LessonProgress, ProgressStatus, QuizAttempt
from storefront.models import Payment

from .asking import TOKEN, Ask
from .filling.people import ASSISTANTS
from .filling.words import MEANT, MISSPELT, RAREST
from .goals import (
    Bar,
    beyond_person,
    compressed,
    cpu_ms,
    kilobytes,
    p50,
    p99,
    per_second,
    share_of_static,
    statements,
    times,
)
from .landmarks import Landmarks

# Requests that are sent in turn. A network may search sixty times a minute.
MANY = 3_000


@dataclass(frozen=True)
class Journey:
    """A fast redirect or refusal is the commonest false record, so each says what must come of it.

    ``leaves`` counts the rows that were written since a moment, by as many requests; each by
    ``writes`` of those that are sent in turn.
    """

    key: str
    title: str
    asks: Callable[[Landmarks], Sequence[Ask]]
    says: Callable[[Landmarks], str]
    bars: tuple[Bar, ...] = ()
    status: int = 200
    kept: bool = False  # answered by the page cache
    changed: bool = False  # the first answer after what it shows has changed
    leaves: Callable[[datetime], int] | None = None
    writes: int = 1
    leads_to: str = ""  # a redirect's address holds this


def _of(path: Callable[[Landmarks], str]) -> Callable[[Landmarks], list[Ask]]:
    """Anonymous visitors, one after the other."""
    return lambda site: [Ask(path(site), sender) for sender in site.visitors(MANY)]


def _for(name: str, path: Callable[[Landmarks], str]) -> Callable[[Landmarks], list[Ask]]:
    """One of the cast, again and again."""
    return lambda site: [Ask(path(site), site.named(name))]


def _catalogue(query: str = "") -> str:
    return reverse("storefront:catalogue") + query


def _course(site: Landmarks) -> str:
    return reverse("storefront:course", args=[site.popular.slug])


def _long_course(site: Landmarks) -> str:
    return reverse("storefront:course", args=[site.long.slug])


def _random_words(site: Landmarks) -> list[Ask]:
    """A word of fifty common ones or any, with a level: no two visitors alike."""
    words = [*site.words.all[:50], *islice(site.words.all, 50, None, 40)]
    levels = ("beginner", "intermediate", "advanced")
    return [
        Ask(_catalogue(f"?q={words[n % len(words)]}&level={levels[n % 3]}"), sender)
        for n, sender in enumerate(site.visitors(MANY))
    ]


def _lessons(site: Landmarks) -> list[Ask]:
    lessons = site.lessons(site.popular.pk)[:12]
    return [
        Ask(reverse("learners:lesson", args=[lesson.uuid]), site.sender_of(enrollment))
        for lesson in lessons
        for enrollment in site.students
    ]


def _lessons_of_long(site: Landmarks) -> list[Ask]:
    lessons = site.lessons(site.long.pk)[::7]
    return [
        Ask(reverse("learners:lesson", args=[lesson.uuid]), site.sender_of(enrollment))
        for lesson in lessons
        for enrollment in site.students_of_long
    ]


def _positions(site: Landmarks) -> list[Ask]:
    """As the player tells it: with the pass that its page holds."""
    lessons = site.lessons(site.popular.pk)[:12]
    return [
        Ask(
            reverse("learners:position", args=[lesson.uuid]),
            sender := site.sender_of(enrollment),
            sender.form(second="30", **{"pass": site.pass_of(enrollment, lesson)}),
        )
        for lesson in lessons
        for enrollment in site.students
    ]


def _completions(site: Landmarks) -> list[Ask]:
    """Done, one after the other; once all are done, taken back: each of them writes."""
    pairs = site.not_done()
    return [
        Ask(
            reverse(f"learners:{verb}", args=[lesson.uuid]),
            sender := site.sender_of(enrollment),
            sender.form(),
        )
        for verb in ("complete", "incomplete")
        for enrollment, lesson in pairs
    ]


def _changed_since(moment: datetime) -> int:
    """Lessons done, or done and taken back, which leaves no date but that of the enrollment."""
    back = Q(
        status=ProgressStatus.IN_PROGRESS,
        first_completed_at__isnull=False,
        enrollment__updated_at__gte=moment,
    )
    return LessonProgress.objects.filter(Q(completion_date__gte=moment) | back).count()


def _quizzes(site: Landmarks) -> list[Ask]:
    return hand_ins(site, course=site.popular.pk, students=site.students)


def hand_ins(site: Landmarks, *, course: int, students: Sequence[Enrollment]) -> list[Ask]:
    """The first quiz of a course with all its answers right, once by each of its ``students``."""
    (lesson, *_) = site.lessons(course, asking=True)
    answers = {
        f"q-{block.id}": next(choice.key for choice in block.value.choices if choice.correct)
        for block in lesson.questions
    }
    return [
        Ask(
            reverse("learners:quiz", args=[lesson.uuid]),
            sender := site.sender_of(enrollment),
            sender.form(token=TOKEN, **answers),
        )
        for enrollment in students
    ]


def _checkout_pages(site: Landmarks) -> list[Ask]:
    return [
        Ask(reverse("storefront:checkout", args=[course.slug]), sender)
        for sender, course in site.wishes
    ]


def _checkouts(site: Landmarks) -> list[Ask]:
    """Each is a new order: those that an earlier run left open would be found again."""
    site.close_checkouts()
    return [
        Ask(
            reverse("storefront:checkout", args=[course.slug]),
            sender,
            sender.form(action="pay", shown=str(course.price)),
        )
        for sender, course in site.wishes
    ]


LISTS = (p99(300), kilobytes(150))
FIRST = (per_second(2_500), statements(2), cpu_ms(1))

JOURNEYS = (
    Journey(
        "catalogue-kept",
        "catalogue, kept",
        _of(lambda site: _catalogue()),
        lambda site: site.popular.title,
        (share_of_static(0.5), share_of_static(0.6)),
        kept=True,
    ),
    Journey(
        "course-kept",
        "course page, kept",
        _of(_course),
        lambda site: site.popular.title,
        (share_of_static(0.5), share_of_static(0.6)),
        kept=True,
    ),
    Journey(
        "catalogue",
        "catalogue, made",
        _of(lambda site: _catalogue()),
        lambda site: site.popular.title,
        (times(6),),
    ),
    Journey(
        "course", "course page, made", _of(_course), lambda site: site.popular.title, (times(6),)
    ),
    Journey(
        "course-long",
        "course page of 300 lessons, made",
        _of(_long_course),
        lambda site: site.long.title,
        (times(6),),
    ),
    Journey(
        "catalogue-changed",
        "catalogue, first after a change",
        _of(lambda site: _catalogue()),
        lambda site: site.popular.title,
        FIRST,
        changed=True,
    ),
    Journey(
        "course-changed",
        "course page, first after a change",
        _of(_course),
        lambda site: site.popular.title,
        FIRST,
        changed=True,
    ),
    Journey(
        "course-long-changed",
        "course page of 300 lessons, first after a change",
        _of(_long_course),
        lambda site: site.long.title,
        (per_second(2_000), statements(2), kilobytes(40)),
        changed=True,
    ),
    Journey("home", "front page, made", _of(lambda site: "/"), lambda site: "Perfomix"),
    Journey(
        "search-common",
        "search, commonest word",
        _of(lambda site: _catalogue(f"?q={site.words.commonest}")),
        lambda site: site.words.commonest,
        (p99(25), statements(3)),
    ),
    Journey(
        "search-rare",
        "search, rarest word",
        _of(lambda site: _catalogue(f"?q={RAREST}")),
        lambda site: " cordial",  # the word itself is marked
        (p99(25), statements(3)),
    ),
    Journey(
        "search-misspelt",
        "search, misspelt word",
        _of(lambda site: _catalogue(f"?q={MISSPELT}")),
        lambda site: MEANT,
        (p99(25), statements(3)),
    ),
    Journey(
        "search-facets",
        "search with a filter, random words",
        _random_words,
        lambda site: "course",
        (per_second(500), p99(25), statements(3)),
    ),
    Journey(
        "lesson",
        "lesson page",
        _lessons,
        lambda site: site.popular.title,
        (times(6), per_second(2_000), beyond_person(2), kilobytes(25)),
    ),
    Journey(
        "lesson-long",
        "lesson page, 300 lessons",
        _lessons_of_long,
        lambda site: site.long.title,
        (times(6), compressed(40)),
    ),
    Journey(
        "position",
        "position write",
        _positions,
        lambda site: "",
        (times(3), per_second(2_500), statements(3)),
        status=204,
        leaves=lambda since: LessonProgress.objects.filter(last_accessed__gte=since).count(),
    ),
    Journey(
        "complete",
        "mark complete",
        _completions,
        lambda site: "",
        (times(4),),
        status=302,
        leads_to="#finish",
        leaves=_changed_since,
        writes=2,
    ),
    Journey(
        "quiz",
        "quiz submit",
        _quizzes,
        lambda site: "",
        (times(4), per_second(800)),
        status=302,
        leads_to="#quiz",
        leaves=lambda since: QuizAttempt.objects.filter(created_at__gte=since).count(),
    ),
    Journey(
        "my-learning",
        "my learning, 300 courses",
        _for("busy", lambda site: reverse("learners:my_learning")),
        lambda site: "In progress",
    ),
    Journey(
        "checkout-page",
        "checkout page",
        _checkout_pages,
        lambda site: 'name="shown"',
        (times(4),),
    ),
    Journey(
        "checkout",
        "checkout start",
        _checkouts,
        lambda site: "",
        (per_second(800),),
        status=302,
        leads_to="127.0.0.1",
        leaves=lambda since: Payment.objects.filter(created_at__gte=since).count(),
    ),
    Journey(
        "home-star",
        "producer's home, thousands of learners",
        _for("star", lambda site: reverse("wagtailadmin_home")),
        lambda site: "My courses",
        (p50(6), statements(6)),
    ),
    Journey(
        "home-prolific",
        "producer's home, hundreds of courses",
        _for("prolific", lambda site: reverse("wagtailadmin_home")),
        lambda site: "My courses",
        (p50(6), statements(6)),
    ),
    Journey(
        "explorer-own",
        "producer's explorer",
        _for("prolific", lambda site: reverse("wagtailadmin_explore", args=[site.catalogue.pk])),
        lambda site: "Courses",
        LISTS,
    ),
    Journey(
        "editor",
        "editor, course form",
        _for(
            "star",
            lambda site: reverse("wagtailadmin_pages:edit", args=[site.draft_of_star.pk]),
        ),
        lambda site: site.draft_of_star.title,
        (p50(100), statements(45)),
    ),
    Journey(
        "outline",
        "outline of 300 lessons",
        _for("author", lambda site: reverse("studio:outline", args=[site.long.pk])),
        lambda site: "outline-data",
        (p99(1000), kilobytes(300)),
    ),
    Journey(
        "outline-look",
        "outline of 300 lessons, what a co-author did",
        _for("author", lambda site: reverse("studio:outline_rows", args=[site.long.pk])),
        lambda site: '"version"',
        (p50(100),),
    ),
    Journey(
        "queue",
        "moderator's queue",
        _for("moderator", lambda site: reverse("moderation:queue")),
        lambda site: site.long.title,
        (p50(20), statements(10), kilobytes(150)),
    ),
    Journey(
        "review",
        "review page of 300 lessons",
        _for(
            "moderator",
            lambda site: reverse("moderation:review", args=[site.submission_of_long.pk]),
        ),
        lambda site: site.long.title,
        LISTS,
    ),
    Journey(
        "list-people",
        "admin list, people",
        _for("admin", lambda site: reverse("wagtailusers_users:index")),
        lambda site: "@bench.example",
        LISTS,
    ),
    Journey(
        "list-enrollments",
        "admin list, learners of courses",
        _for("admin", lambda site: reverse("learners_enrollment_modeladmin_index")),
        lambda site: "@bench.example",
        LISTS,
    ),
    Journey(
        "list-progress",
        "admin list, lesson progress",
        _for("admin", lambda site: reverse("learners_lessonprogress_modeladmin_index")),
        lambda site: "@bench.example",
        LISTS,
    ),
    Journey(
        "list-orders",
        "admin list, orders",
        _for("admin", lambda site: reverse("storefront_order_modeladmin_index")),
        lambda site: "EUR",
        LISTS,
    ),
    Journey(
        "explorer",
        "admin explorer of the catalogue",
        _for("admin", lambda site: reverse("wagtailadmin_explore", args=[site.catalogue.pk])),
        lambda site: "Courses",
        LISTS,
    ),
    Journey(
        "search-admin",
        "admin search for pages",
        lambda site: [
            Ask(reverse("wagtailadmin_pages:search") + f"?q={RAREST}", site.named(name))
            for name in ASSISTANTS
        ],
        lambda site: RAREST.capitalize(),
        LISTS,
    ),
    Journey(
        "sitemap",
        "sitemap of courses",
        _of(lambda site: reverse("sitemap_part", args=["courses", 1])),
        lambda site: "<loc>",
    ),
    Journey(
        "certificate",
        "certificate as PDF",
        _of(lambda site: reverse("learners:certificate_pdf", args=[site.certificate.code])),
        lambda site: "%PDF",
        (p50(30),),
    ),
    Journey(
        "share-card",
        "share card",
        _of(lambda site: reverse("storefront:share_card", args=[site.popular.slug])),
        lambda site: "PNG",
        (p50(50),),
    ),
    Journey(
        "missing",
        "a page that is not there",
        _of(lambda site: "/nowhere/"),
        lambda site: "",
        (p50(10),),
        status=404,
    ),
)


def named_journey(key: str) -> Journey:
    return next(journey for journey in JOURNEYS if journey.key == key)
