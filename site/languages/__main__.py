"""``make messages``: write the catalogues of marked texts.

    python -m perfomix.languages [--check]

With ``--check`` nothing is written, and the status is 1 when a catalogue is out of date. Neither
a database nor Django's settings are needed, so it takes a second or two.
"""

import argparse
import sys
from pathlib import Path

from perfomix.languages import catalogues

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make messages", description="Write the catalogues.")
    parser.add_argument("--check", action="store_true", help="only say which are out of date")
    if not parser.parse_args(arguments).check:
        for path in catalogues.write(ROOT):
            print(f"Written: {path.relative_to(ROOT)}")
        return 0
    late = catalogues.outdated(ROOT)
    for path in late:
        print(f"Out of date: {path.relative_to(ROOT)}", file=sys.stderr)
    if late:
        print("Run “make messages” and commit what it writes.", file=sys.stderr)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
