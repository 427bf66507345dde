"""The front page and the plain pages around it."""

from .pages import HomePage, PlainPage

__all__ = ["HomePage", "PlainPage"]
