"""The picture that other sites show beside a link to a course."""

from .card import share_card, share_card_url, share_card_version

__all__ = ["share_card", "share_card_url", "share_card_version"]
