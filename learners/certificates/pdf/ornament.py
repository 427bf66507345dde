"""The braid around a certificate and its seal, drawn once for screen and print.

``static/img/certificate-frame.svg`` and ``certificate-seal.svg`` hold exactly this; a test
compares them, and ``python -m learners.certificates.pdf.ornament`` writes them anew.
"""

from math import cos, pi, sin
from pathlib import Path

WIDTH, HEIGHT = 1188, 840  # A4 landscape at four units a millimetre
LINE, DEEP, WARM, PALE, PAPER = "#2a6b70", "#124348", "#e6ac4d", "#7fb5b6", "#fbf9f4"
INSET = 34  # from the edge to the middle of the braid
WAVE = 11.0  # half a wave, in units
SWELL = 9.0
STRANDS = 6


def frame_svg() -> str:
    """A braid of six waves along each edge, an inner rule, a quartered disc at each corner."""
    across = [_wave(INSET, y, WIDTH - 2 * INSET, i) for y in (INSET, HEIGHT - INSET) for i in _i()]
    down = [
        f'<g transform="translate({x} {INSET}) rotate(90)">{_wave(0, 0, HEIGHT - 2 * INSET, i)}</g>'
        for x in (INSET, WIDTH - INSET)
        for i in _i()
    ]
    corners = [
        f'<g transform="translate({x} {y})">{_corner()}</g>'
        for x in (INSET, WIDTH - INSET)
        for y in (INSET, HEIGHT - INSET)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'preserveAspectRatio="none">'
        f'<g fill="none" stroke="{LINE}" stroke-width=".9">{"".join(across + down)}</g>'
        f'<rect x="58" y="58" width="{WIDTH - 116}" height="{HEIGHT - 116}" fill="none" '
        f'stroke="{LINE}"/>{"".join(corners)}</svg>\n'
    )


def seal_svg() -> str:
    """Two rosettes of waves around the mark."""
    outer = [_rosette(84, 13, 24, k / 8) for k in range(8)]
    inner = [_rosette(63, 9, 24, k / 6) for k in range(6)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200">'
        f'<g fill="none" stroke="{LINE}" stroke-width=".8">{"".join(outer + inner)}</g>'
        f'<circle r="46" fill="{DEEP}"/><g transform="translate(-17 -23) scale(1.55)">'
        f'<path d="M0 0h9v30H0z" fill="#faf8f2"/><path d="M11 0a9.5 9.5 0 0 1 0 19z" '
        f'fill="{WARM}"/></g></svg>\n'
    )


def _i() -> range:
    return range(STRANDS)


def _wave(x: float, y: float, length: float, strand: int) -> str:
    """One strand: smooth half waves, shifted along the edge by its share of a wave."""
    halves = int(length / WAVE / 2) * 2
    step = length / halves
    shift = strand * 2 * step / STRANDS
    side = 2 * SWELL * (1 if strand % 2 else -1)
    path = f"M{x + shift:.2f} {y}q{step / 2:.2f} {side:g} {step:.2f} 0"
    fitting = halves - 1 - (2 if strand else 0)
    return f'<path d="{path}t{" ".join([f"{step:.2f} 0"] * fitting)}"/>'


def _corner() -> str:
    return (
        f'<rect x="-20" y="-20" width="40" height="40" fill="{PAPER}"/>'
        f'<circle r="17" fill="{DEEP}"/>'
        f'<path d="M-17 0A17 17 0 0 1 0-17V0Z" fill="{WARM}"/>'
        f'<path d="M17 0A17 17 0 0 1 0 17V0Z" fill="{PALE}"/>'
    )


def _rosette(radius: float, swell: float, waves: int, phase: float) -> str:
    """A closed wave around the middle, as quadratic curves through its crests."""
    count = 2 * waves
    turn = 2 * pi / count
    crests = [_polar(radius + 2 * swell * (-1) ** i, (i + 2 * phase) * turn) for i in range(count)]
    middles = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(crests, crests[1:] + crests[:1], strict=True)
    ]
    start = middles[-1]
    curves = " ".join(
        f"{c[0]:.1f} {c[1]:.1f} {m[0]:.1f} {m[1]:.1f}" for c, m in zip(crests, middles, strict=True)
    )
    return f'<path d="M{start[0]:.1f} {start[1]:.1f}Q{curves}Z"/>'


def _polar(radius: float, angle: float) -> tuple[float, float]:
    return radius * cos(angle), radius * sin(angle)


if __name__ == "__main__":
    folder = Path(__file__).resolve().parents[3] / "static" / "img"
    (folder / "certificate-frame.svg").write_text(frame_svg())
    (folder / "certificate-seal.svg").write_text(seal_svg())
