"""How a draft is shown in the player, for the editor and for moderators."""

from wagtail import hooks

from .previews import preview_lesson

hooks.register("preview_lesson", preview_lesson)
