"""The site as a server serves it, and each answer says which of its processes gave it."""

import os

from perfomix.wsgi import application as site


def application(environ, start_response):
    def begin(status, headers, exc_info=None):
        return start_response(status, [*headers, ("X-Process", str(os.getpid()))], exc_info)

    return site(environ, begin)


def at_once(environ):
    answer = site.at_once(environ)
    if answer is None:
        return None
    status, headers, body = answer
    return status, [*headers, ("X-Process", str(os.getpid()))], body


application.at_once = at_once
