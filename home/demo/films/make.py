"""Draw the films of the demo: python -m home.demo.films.make [NAME …]

Every second is drawn in Chromium and put together by ffmpeg, which only this needs: see
docs/how-to/draw-a-film.md.
"""

import base64
import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FRAMES = 24
# A film whose sound stays: what is drawn takes the place of its picture only.
WITH_SOUND = {"practice-track"}
# What stands still while nobody plays: a second in which all is drawn.
STILLS = {
    "contours-from-a-loaf": 18,
    "drawing-a-profile": 31,
    "how-a-join-finds-its-rows": 15,
    "practice-track": 1.3,
    "sentence-lengths": 15,
    "valley-in-four-lines": 23.5,
}
FACES = ["600 40px Inter", "500 40px Inter", "600 40px Literata"]


def make(page: Page, name: str) -> None:
    page.goto("http://films/home/demo/films/sheet.html")
    page.evaluate("faces => Promise.all(faces.map(face => document.fonts.load(face)))", FACES)
    seconds = page.evaluate(
        "async name => { window.film = await import(`/home/demo/films/${name}.js`);"
        " return film.seconds }",
        name,
    )
    (film,) = (ROOT / "home/demo/content").glob(f"*/files/{name}.webm")
    still = _frame(page, STILLS[name])
    _run([*_PICTURES, "-quality", "86", str(film.with_suffix(".webp"))], [still])
    drawn = film.with_suffix(".drawn.webm")
    sound = ["-i", str(film), "-map", "0:v", "-map", "1:a", "-c:a", "copy"]
    _run(
        [*_PICTURES, *(sound if name in WITH_SOUND else []), *_VP9, str(drawn)],
        (_frame(page, number / FRAMES) for number in range(seconds * FRAMES)),
    )
    drawn.replace(film)


_PICTURES = shlex.split(f"ffmpeg -v error -y -f image2pipe -framerate {FRAMES} -i -")
# A key every two seconds and the table of them in front: one seeks without reading the whole.
_VP9 = shlex.split(
    "-vf scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    " -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv"
    " -c:v libvpx-vp9 -crf 34 -b:v 0 -g 48 -deadline good -cpu-used 2 -row-mt 1"
    " -map_metadata -1 -fflags +bitexact -cues_to_front 1"
)


def _frame(page: Page, second: float) -> bytes:
    drawn = page.evaluate(
        "t => { film.draw(t); return document.querySelector('canvas').toDataURL() }", second
    )
    return base64.b64decode(drawn.partition(",")[2])


def _run(command: list[str], pictures: Iterable[bytes]) -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for picture in pictures:
            encoder.stdin.write(picture)
    if encoder.returncode:
        raise SystemExit(f"ffmpeg ended with {encoder.returncode}")


def _from_here(route: Route) -> None:
    route.fulfill(path=ROOT / urlsplit(route.request.url).path.lstrip("/"))


def main(names: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"))
        page = browser.new_page()
        page.route("http://films/**", _from_here)
        for name in names or sorted(STILLS):
            make(page, name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
