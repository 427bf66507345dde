"""What a revision would bring to the world, and the SHA-256 that pins it.

A page's revision also stores its place in the tree, its locks and its comments. None of
those is published, so none is part of the digest: a move or a comment changes nothing that
was approved, and two revisions that say the same have the same digest.
"""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field
from wagtail.models import COMMENTS_RELATION_NAME, Page

# What a revision holds of the editor's comments, which are rows of their own.
COMMENTS = frozenset({COMMENTS_RELATION_NAME, "comments"})
# Kept by ``Page.with_content_json`` from the page itself, or set anew when it is published.
NOT_REVISED = frozenset(
    {
        "id",
        "page_ptr",
        "content_type",
        "path",
        "depth",
        "numchild",
        "url_path",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "owner",
        "locked",
        "locked_at",
        "locked_by",
        "expired",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "first_published_at",
        "last_published_at",
        "alias_of",
        "translation_key",
        "locale",
    }
)

# What else a page of Wagtail's has, frozen: this is what the digest covers of it, beside the
# fields of our own models. A Wagtail with another field fails a check until somebody decides
# whether a release brings it to the world (here) or not (above).
REVISED_BY_WAGTAIL = frozenset(
    {
        "title",
        "slug",
        "seo_title",
        "show_in_menus",
        "search_description",
        "go_live_at",
        "expire_at",
    }
)


def undecided_fields() -> set[str]:
    """Fields of Wagtail's Page that no list above names, or that a list names in vain."""
    there = {field.name for field in Page._meta.concrete_fields}
    return there ^ (REVISED_BY_WAGTAIL | NOT_REVISED - {"page_ptr"})


def revised_fields(model: type[Page]) -> list[Field]:
    """The fields of a page model that a release takes from the pinned revision."""
    skipped = NOT_REVISED | set(model.unrevised_fields)
    return [field for field in model._meta.concrete_fields if field.name not in skipped]


def revised_content(model: type[Page], content: dict[str, Any]) -> dict[str, Any]:
    """The part of a revision's content that a release publishes, tags included."""
    told = {
        field.name: content[field.name] for field in revised_fields(model) if field.name in content
    }
    for relation in getattr(model, "revised_relations", ()):
        # Row keys of tags are given anew at each save; what they say is what counts.
        told[relation] = [
            {name: value for name, value in row.items() if name != "pk"}
            for row in content.get(relation) or []
        ]
    return told


def page_of(model: type[Page], content: dict[str, Any]) -> Page:
    """The page as a revision's content says, without asking the database for any relation."""
    told = {name: value for name, value in content.items() if name not in COMMENTS}
    return model.from_serializable_data(told, check_fks=False)


def content_digest(model: type[Page], content: dict[str, Any]) -> str:
    """64 hex digits: SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(
        revised_content(model, content),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        cls=DjangoJSONEncoder,
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
