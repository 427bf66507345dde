"""The templates there are, in the order in which they are offered."""

from courses.beginning.shapes import Template

from .films import FILMS
from .language import LANGUAGE
from .newcomers import NEWCOMERS
from .projects import PROJECTS
from .workshop import WORKSHOP
from .written import WRITTEN

TEMPLATES = (FILMS, WRITTEN, WORKSHOP, LANGUAGE, PROJECTS, NEWCOMERS)


def template_called(name: str) -> Template | None:
    return next((template for template in TEMPLATES if template.name == name), None)
