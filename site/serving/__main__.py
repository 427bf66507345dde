"""Serves the site. Options are granian's own, but one; what is served comes last:

    python -m perfomix.serving --port 8000 --workers 2 perfomix.wsgi:application

In each worker ``--blocking-threads`` answer what comes with a body, and kept pages, ``--threads``
all else. Each of them has a connection to the database.
"""

import argparse
import multiprocessing
import sys
from collections.abc import Sequence

from granian.cli import cli

from .lanes import in_two_lanes
from .loading import load_once


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--threads", type=int, default=1)
    *options, target = arguments
    chosen, others = parser.parse_known_args(options)
    multiprocessing.set_start_method("fork")  # what is loaded here is in every worker
    in_two_lanes(threads=chosen.threads)
    load_once(target)
    ours = ["--interface", "wsgi", "--no-ws", "--blocking-threads", "1"]
    cli([*ours, *others, target], prog_name="perfomix.serving", auto_envvar_prefix="GRANIAN")


if __name__ == "__main__":
    main(sys.argv[1:])
