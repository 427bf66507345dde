"""What is taught: page trees, the releases the world sees, and their media."""

from .catalogue import CataloguePage
from .categories import Category
from .chapters import ChapterPage
from .choices import (
    DEFAULT_CURRENCY,
    CourseStatus,
    Currency,
    Language,
    LessonKind,
    Level,
    Pattern,
    StructureType,
)
from .courses import CoursePage, CourseTag
from .exports import Export, ExportKind, ExportStatus
from .imports import CourseImport, ImportStatus
from .invitations import InvitationStatus, TeamInvitation
from .lessons import LessonPage
from .media import CourseDocument, CourseImage, CourseRendition
from .outbox import OutboxMail
from .outline import OutlineChange, OutlineStep
from .promises import Promise
from .releases import CourseRelease, ItemKind, ReleaseItem, ReleaseStatus
from .review_task import CourseReviewTask
from .team import CourseTeamMember, TeamRole

__all__ = [
    "DEFAULT_CURRENCY",
    "CataloguePage",
    "Category",
    "ChapterPage",
    "CourseDocument",
    "CourseImage",
    "CourseImport",
    "CoursePage",
    "CourseRelease",
    "CourseRendition",
    "CourseReviewTask",
    "CourseStatus",
    "CourseTag",
    "CourseTeamMember",
    "Currency",
    "Export",
    "ExportKind",
    "ExportStatus",
    "ImportStatus",
    "InvitationStatus",
    "ItemKind",
    "Language",
    "LessonKind",
    "LessonPage",
    "Level",
    "OutboxMail",
    "OutlineChange",
    "OutlineStep",
    "Pattern",
    "Promise",
    "ReleaseItem",
    "ReleaseStatus",
    "StructureType",
    "TeamInvitation",
    "TeamRole",
]
