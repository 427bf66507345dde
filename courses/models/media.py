"""Images and documents of courses. Every file is private: only views with a gate serve it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from courses.wording.sizes import format_size


class CourseImage(AbstractImage):
    # No tags: their suggestions would name other people's.
    admin_form_fields = tuple(name for name in Image.admin_form_fields if name != "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class CourseRendition(AbstractRendition):
    image = models.ForeignKey(
        CourseImage,
        on_delete=models.CASCADE,
        related_name="renditions",
        db_index=False,  # ``one_rendition_per_filter`` begins with it
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            )
        ]

    @property
    def url(self) -> str:
        """Our gated view: storage addresses are never shown."""
        return reverse("courses:rendition", args=[self.pk, self.file.name.rsplit("/", 1)[-1]])


class CourseDocument(AbstractDocument):
    """Resources, downloads, uploaded videos and caption tracks."""

    admin_form_fields = tuple(name for name in Document.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]
        indexes = [
            # The list of files, and the chooser.
            models.Index(fields=["title"], name="documents_by_title"),
            models.Index(fields=["created_at"], name="documents_by_day"),
        ]

    @property
    def kind_and_size(self) -> str:
        """``PDF, 84 kB``; the size only when it was stored with the file."""
        kind = self.file_extension.upper()
        if not self.file_size:
            return kind
        size = format_size(self.file_size)
        if not kind:
            return size
        # Translators: a kind of file and its size, such as “PDF, 84 kB”.
        return gettext("%(kind)s, %(size)s") % {"kind": kind, "size": size}
