"""The sitemap as a worker wrote it."""

from django.db import models


class SitemapPart(models.Model):
    """Some thousand addresses of one section, as the elements of a ``urlset``.

    Before each path stands ``ORIGIN``, for the site is asked under the name that it has.
    """

    ORIGIN = "{origin}"

    section = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    body = models.TextField()
    # When the newest of its pages changed; unknown where pages do not say.
    changed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="one_part_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"
