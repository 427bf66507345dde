"""The project package: imports of ``perfomix`` are read from the folder ``site/``.

``site`` is also the name of a module of Python's standard library, loaded before any
code of ours, so ``import site.settings`` can never find this folder. This file gives
the folder an import name of its own: ``perfomix.settings.dev`` is
``site/settings/dev.py``, ``perfomix.wsgi`` is ``site/wsgi.py``.

Never add ``site/__init__.py``: this file is the package.
"""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parent / "site")]
