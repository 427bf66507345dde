"""What learners say of a course."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .enrollments import Enrollment


class ReviewQuerySet(models.QuerySet["Review"]):
    def by_learners(self) -> Self:
        """Those that count: whoever gave a course back has no say in it until they come again."""
        theirs = Enrollment.objects.studying().filter(
            course=OuterRef("course"), user=OuterRef("user")
        )
        return self.filter(Exists(theirs))


class Review(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("course"),
        db_index=False,  # ``reviews_of_course`` begins with it
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="reviews",
        verbose_name=_("user"),
    )
    rating = models.PositiveSmallIntegerField(
        _("rating"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    content = models.TextField(_("content"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = ReviewQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["course", "user"], name="one_review_per_learner"),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="rating_from_one_to_five"
            ),
        ]
        indexes = [
            models.Index(fields=["course", "-created_at"], name="reviews_of_course"),
            # The list of reviews in its order, whole and by stars.
            models.Index(fields=["-created_at", "id"], name="reviews_listed"),
            models.Index(fields=["rating", "-created_at", "id"], name="reviews_by_rating"),
        ]

    def __str__(self) -> str:
        return gettext("%(rating)d of 5 by %(user)s") % {"rating": self.rating, "user": self.user}
