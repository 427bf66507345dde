"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfomix.settings.dev")

# Sets Django up, which what follows asks for.
django_application = get_wsgi_application()

from perfomix.page_cache.front import in_front_of  # noqa: E402
from perfomix.preparing import prepare  # noqa: E402

application = in_front_of(django_application)
application.prepare = prepare  # type: ignore[attr-defined]
