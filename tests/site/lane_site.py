"""A site for ``test_serving``: one page that is kept, and views that do what views may do."""

import gc
import os
import sys
import threading
import time
from urllib.parse import parse_qsl

import django
from django.template import engines

django.setup()

LOADED_BY = os.getpid()
TOLD = threading.Event()
TEXT = [("Content-Type", "text/plain")]
PREPARED = []


def application(environ, start_response):
    view = VIEWS[environ["PATH_INFO"]]
    body = view(environ)
    start_response("200 OK", TEXT)
    return body


def kept(environ):
    """Whoever waits is told that it was answered meanwhile."""
    TOLD.set()
    return [b"kept"]


def wait(environ):
    seconds = float(dict(parse_qsl(environ["QUERY_STRING"]))["seconds"])
    return [b"told" if TOLD.wait(seconds) else b"not told"]


def length(environ):
    """Not at once: whoever wants to be gone by then is."""
    time.sleep(0.2)
    return [str(len(environ["wsgi.input"].read())).encode()]


def pieces(environ):
    yield b"in pieces by "
    yield threading.current_thread().name.encode()


def processes(environ):
    return [f"{LOADED_BY} {os.getpid()}".encode()]


def interpreter(environ):
    """How long a view may compute before others get a turn, and what the collector passes by."""
    passed_by = "much" if gc.get_freeze_count() > 10_000 else "little"
    return [f"{sys.getswitchinterval()} {passed_by} {gc.isenabled()}".encode()]


def templates(environ):
    """Names of templates that need not be read any more."""
    (loader,) = engines["django"].engine.template_loaders
    return ["\n".join(loader.get_template_cache).encode()]


def prepare():
    PREPARED.append(threading.current_thread().name)
    raise LookupError("Nothing to read it from.")


def prepared(environ):
    return [" ".join(PREPARED).encode()]


VIEWS = {
    "/prepared": prepared,
    "/kept": kept,
    "/wait": wait,
    "/length": length,
    "/pieces": pieces,
    "/processes": processes,
    "/interpreter": interpreter,
    "/templates": templates,
}


def at_once(environ):
    if environ["PATH_INFO"] != "/kept":
        return None
    (body,) = kept(environ)
    return 200, TEXT, body


application.at_once = at_once
application.prepare = prepare
