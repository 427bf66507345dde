"""What formulas add to Wagtail: a feature of rich text, and the address that shows one."""

from django.urls import URLResolver, include, path, reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from . import rich_text, views


@hooks.register("register_rich_text_features")
def formula_feature(features: FeatureRegistry) -> None:
    rich_text.register(features)


@hooks.register("register_admin_urls")
def formula_urls() -> list[URLResolver]:
    patterns = [path("preview/", views.preview, name="preview")]
    return [path("formulas/", include((patterns, "formulas"), namespace="formulas"))]


@hooks.register("insert_editor_js")
def formulas_told() -> SafeString:
    """What ``static/js/courses/formulas.js`` asks and says."""
    words = {
        "formula": _("Formula"),
        "tex": _("TeX, as in LaTeX, without the dollars around it"),
        "insert": _("Insert"),
        "cancel": _("Cancel"),
        "unasked": _("What it looks like cannot be shown just now. It is saved all the same."),
    }
    return json_script({"address": reverse("formulas:preview"), "words": words}, "formulas-told")
