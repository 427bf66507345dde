"""Wagtail looks for hooks here; the rooms hold them. The order is that of their registration."""

from wagtail import VERSION

from courses.beginning import hooks as beginning
from courses.comments import hooks as comments
from courses.editor import hooks as editor
from courses.exports import hooks as exports
from courses.formulas import hooks as formulas
from courses.isolation import hooks as isolation
from courses.moderation import hooks as moderation
from courses.outline import hooks as outline
from courses.releases import hooks as releases

__all__ = [
    "beginning",
    "comments",
    "editor",
    "exports",
    "formulas",
    "isolation",
    "moderation",
    "outline",
    "releases",
]

if VERSION < (8, 1):
    from courses.isolation import admin_api

    __all__ += ["admin_api"]
