"""What the commonest components of Open edX are called by people who teach with it."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "html": _("Texts"),
    "video": _("Videos"),
    "problem": _("Questions"),
    "discussion": _("Discussions"),
    "openassessment": _("Assessments by people"),
    "drag-and-drop-v2": _("Drag and drop"),
    "lti_consumer": _("Outside tools"),
    "library_content": _("Draws from a library"),
    "poll": _("Polls"),
    "survey": _("Surveys"),
    "word_cloud": _("Word clouds"),
}
