"""Who studies, and how far they got."""

from .applications import ApplicationStatus, ProducerApplication
from .certificates import Certificate
from .enrollments import Enrollment, EnrollmentStatus
from .progress import LessonProgress, ProgressStatus
from .quizzes import QuizAttempt
from .reviews import Review
from .users import Role, User

__all__ = [
    "ApplicationStatus",
    "Certificate",
    "Enrollment",
    "EnrollmentStatus",
    "LessonProgress",
    "ProducerApplication",
    "ProgressStatus",
    "QuizAttempt",
    "Review",
    "Role",
    "User",
]
