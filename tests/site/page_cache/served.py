"""The site as a server serves it, and each answer says which of its processes gave it."""

import os

from perfomix.wsgi import application as site


def application(environ, start_response):
    def begin(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], exc_info)

    return site(environ, begin)
