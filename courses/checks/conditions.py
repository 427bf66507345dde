"""What a course must meet before a moderator reads it: nine conditions, each in one sentence.

``readiness`` finds what keeps a course from meeting them; "7 of 9 ready" counts them.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Condition(TextChoices):
    """Each with the sentence that is true once it is met, in the order of the editor."""

    TITLE = "title", _("The title can be printed, on certificates too")
    SUBTITLE = "subtitle", _("The subtitle says what a learner can do afterwards")
    DESCRIPTION = "description", _("The description is written")
    CATEGORY = "category", _("Learners find it under its category")
    WHOM = "whom", _("It says what learners will be able to do")
    PRICE = "price", _("The price can be paid")
    STRUCTURE = "structure", _("Every lesson stands in its place, and no chapter is empty")
    PREVIEW = "preview", _("At least one lesson is open to everyone")
    CONTENT = "content", _("Every lesson is finished")


# Of a course without a lesson these say nothing yet.
OF_LESSONS = frozenset({Condition.STRUCTURE, Condition.PREVIEW, Condition.CONTENT})

_OF_FIELDS = {
    "subtitle": Condition.SUBTITLE,
    "description": Condition.DESCRIPTION,
    "category": Condition.CATEGORY,
    "what_you_will_learn": Condition.WHOM,
    "requirements": Condition.WHOM,
    "level": Condition.WHOM,
    "language": Condition.WHOM,
    "price": Condition.PRICE,
    "currency": Condition.PRICE,
    "structure_type": Condition.STRUCTURE,
}


def condition_of(field: str) -> Condition:
    """Which one a field of the course belongs to, or a place in it (“requirements.3”)."""
    return _OF_FIELDS.get(field.split(".", maxsplit=1)[0], Condition.TITLE)
