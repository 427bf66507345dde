"""What is fastened when all models are there; ``HomeConfig.ready`` calls ``wire`` once.

Importing this file registers the receivers of signals.
"""

from courses.isolation.testers import KeepsCourses
from home.front.sheet import front_for
from home.models import HomePage
from home.pages import receivers
from home.sitemap import receivers as sitemap_receivers

__all__ = ["receivers", "sitemap_receivers", "wire"]


def wire() -> None:
    HomePage.tester_class = KeepsCourses
    HomePage.front_for = staticmethod(front_for)
