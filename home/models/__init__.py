"""The front page and the plain pages around it, and what people write to us."""

from .inquiries import Inquiry
from .pages import HomePage, PlainPage
from .sitemap import SitemapPart

__all__ = ["HomePage", "Inquiry", "PlainPage", "SitemapPart"]
