"""How long a film is, as a person writes it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import IntegerField, TextInput
from django.utils.translation import gettext as _
from wagtail.blocks import IntegerBlock

from courses.wording.durations import format_clock, read_clock


class ClockField(IntegerField):
    """Whole seconds, written and shown as minutes and seconds."""

    widget = TextInput

    def __init__(
        self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.bounds = self.min_value, self.max_value = min_value, max_value

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value.strip():
            try:
                return read_clock(value)
            except ValueError:
                raise ValidationError(
                    _("Write minutes and seconds, such as 7:42."), code="invalid"
                ) from None
        return super().to_python(value)

    def validate(self, value: int | None) -> None:
        """As people write it: Django's own bounds would name seconds."""
        super().validate(value)
        if value is None:
            return
        least, most = self.bounds
        if least is not None and value < least:
            told = _("It takes at least %(length)s.") % {"length": format_clock(least)}
            raise ValidationError(told, code="min_value")
        if most is not None and value > most:
            told = _("It takes at most %(length)s.") % {"length": format_clock(most)}
            raise ValidationError(told, code="max_value")

    def prepare_value(self, value: Any) -> Any:
        return format_clock(value) if isinstance(value, int) else value


class LengthBlock(IntegerBlock):
    """The seconds that something takes."""

    def __init__(
        self,
        required: bool = True,
        help_text: Any = None,
        min_value: int | None = None,
        max_value: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            required=required,
            help_text=help_text,
            min_value=min_value,
            max_value=max_value,
            **kwargs,
        )
        self.field = ClockField(
            required=required, help_text=help_text, min_value=min_value, max_value=max_value
        )


# Migrations know the field by the name of what it is.
DECONSTRUCT_ALIASES = {LengthBlock: "wagtail.blocks.IntegerBlock"}
