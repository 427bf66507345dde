"""Formulas in the text editor: Draftail's entity FORMULA.

In the editor a formula is its TeX, marked as one; what is kept beside it is always set here, never
taken from what was posted.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from .formula import Formula, read_formula
from .stored import FEATURE, one_line, tex_in

ENTITY = "FORMULA"


class FormulaHandler(EmbedHandler):
    """What a page shows: the MathML as it was stored."""

    identifier = FEATURE

    @staticmethod
    def expand_db_attributes(attrs: dict[str, str]) -> str:
        return Formula(tex_in(attrs), attrs.get("mathml", "")).shown


class FormulaElementHandler(InlineEntityElementHandler):
    """From what is stored to what the editor holds: the TeX, as text and as the entity's."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"tex": attrs.get("tex", "")}

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_block.text += dict(attrs).get("tex", "")
        state.leading_whitespace = KEEP_WHITESPACE


def formula_entity(props: dict[str, Any]) -> Any:
    """From what the editor holds to what is stored."""
    formula = read_formula(one_line(str(props.get("tex") or "")))
    if not formula:
        return None
    attributes = {"embedtype": FEATURE, "tex": formula.tex, "mathml": formula.mathml}
    return DOM.create_element("embed", attributes)


def register(features: FeatureRegistry) -> None:
    features.register_embed_type(FormulaHandler)
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "label": "√x",
                "description": _("Formula within a line"),
                "attributes": ["tex"],
            },
            js=["js/courses/formulas.js"],
            css={"all": ["css/courses/formulas.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'embed[embedtype="{FEATURE}"]': FormulaElementHandler(ENTITY)
            },
            "to_database_format": {"entity_decorators": {ENTITY: formula_entity}},
        },
    )
