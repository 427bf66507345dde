"""Image and document choosers that can be handed what they refer to.

A lesson with every kind of block would ask for its media once per block and field. Who has
read them together lends them out around the rendering (``with media_on_hand(...)``), and
the blocks take from there; without that they read for themselves, as Wagtail's do.
"""

import copy
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock

OnHand = dict[tuple[type[Model], Any], Model]

_on_hand: ContextVar[OnHand | None] = ContextVar("media_on_hand", default=None)


@contextmanager
def media_on_hand(objects: Iterable[Model]) -> Iterator[None]:
    """Blocks read inside find their images and documents among ``objects`` and nowhere else."""
    token = _on_hand.set({(type(item), item.pk): item for item in objects})
    try:
        yield
    finally:
        _on_hand.reset(token)


class TakesFromHand:
    model_class: type[Model]  # of the chooser

    def bulk_to_python(self, values: Iterable[Any]) -> Any:
        on_hand = _on_hand.get()
        if on_hand is None:
            return super().bulk_to_python(values)  # type: ignore[misc]  # the chooser's
        # Copies, because a value may be changed where it stands.
        return [copy.copy(on_hand.get((self.model_class, pk))) for pk in values]


class ImageChooserBlock(TakesFromHand, WagtailImageChooserBlock):
    """An image of the course."""


class DocumentChooserBlock(TakesFromHand, WagtailDocumentChooserBlock):
    """A document of the course; ``choose`` and ``choose_another`` are what its buttons say."""

    widget: Any

    def __init__(
        self, *args: Any, choose: Any = None, choose_another: Any = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.widget = type(self.widget)(
            choose_one_text=choose or _("Choose a file"),
            choose_another_text=choose_another or _("Choose another file"),
            link_to_chosen_text=_("Edit this file"),
        )

    def deconstruct(self) -> Any:
        """Without what the buttons say, which no migration needs."""
        path, args, kwargs = super().deconstruct()
        return path, args, {k: v for k, v in kwargs.items() if not k.startswith("choose")}


# Migrations know them by the name of what they are.
DECONSTRUCT_ALIASES = {
    ImageChooserBlock: "wagtail.images.blocks.ImageChooserBlock",
    DocumentChooserBlock: "wagtail.documents.blocks.DocumentChooserBlock",
}
