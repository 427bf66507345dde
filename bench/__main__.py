"""``make bench SIZE=S``: fill, serve, ask, tell. Everything that was started ends with it.

python -m bench --size S [--only lesson,position]
"""

import argparse
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
DATA_DIR = Path(os.environ.get("PERFOMIX_DATA_DIR", ROOT / ".data")).resolve() / "bench"
# Services that are named there are somebody's: a bench has its own.
NAMED = ("DATABASE_URL", "DATABASE_URL_FILE", "REDIS_URL", "REDIS_URL_FILE")


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", default="S", choices=("S", "M", "L"))
    parser.add_argument("--only", default="", help="keys of journeys, with commas between")
    chosen = parser.parse_args()
    data_dir = DATA_DIR / chosen.size.lower()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in NAMED:
        os.environ.pop(name, None)
    os.environ["PERFOMIX_DATA_DIR"] = str(data_dir)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    # What follows reads the environment as it is imported.
    from perfomix.supervisor.services import Services

    services = Services(data_dir)
    try:
        services.start()
        django.setup()
        from bench.run import run

        only = [key for key in chosen.only.split(",") if key]
        return run(chosen.size, data_dir, only=only)
    except KeyboardInterrupt:
        return 130
    finally:
        services.stop()


if __name__ == "__main__":
    sys.exit(main())
