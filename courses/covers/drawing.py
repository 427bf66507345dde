"""What every family draws with: colours of a pattern, and a few shapes as SVG text."""

import math
from collections.abc import Callable

Put = Callable[[str], None]
Palette = dict[str, str]

# pattern: family, hue, chroma, hue of the spark
FAMILIES = {
    "science": ("contours", 168, 0.075, 80),
    "design": ("discs", 30, 0.120, 85),
    "languages": ("leaves", 128, 0.080, 65),
    "writing": ("letters", 60, 0.022, 32),
    "data": ("tiles", 205, 0.080, 75),
    "music": ("ripples", 330, 0.080, 70),
    "business": ("towers", 262, 0.090, 75),
    "craft": ("quilt", 70, 0.095, 205),
}

# lightness and chroma of a pattern's spark, where the shared one would not be seen
SPARKS = {"writing": (0.63, 0.15)}


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of an OKLCH colour, clipped to sRGB (Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_channel(x):02x}" for x in linear)


def _channel(x: float) -> int:
    if x <= 0:
        return 0
    if x >= 1:
        return 255
    return round(255 * (12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055))


def palette(pattern: str) -> Palette:
    """The seven tones of a pattern: deep, dark, mid, soft, light, paper, spark."""
    if pattern == "craft":  # ochres turn to mud when they are dark: these are lit a little more
        return {
            "deep": oklch(0.36, 0.07, 48),
            "dark": oklch(0.55, 0.115, 52),
            "mid": oklch(0.71, 0.12, 70),
            "soft": oklch(0.84, 0.075, 75),
            "light": oklch(0.92, 0.04, 80),
            "paper": oklch(0.965, 0.012, 85),
            "spark": oklch(0.48, 0.075, 205),
        }
    _, hue, chroma, spark = FAMILIES[pattern]
    return {
        "deep": oklch(0.30, chroma * 0.75, hue),
        "dark": oklch(0.42, chroma, hue),
        "mid": oklch(0.60, chroma * 1.05, hue),
        "soft": oklch(0.79, chroma * 0.75, hue),
        "light": oklch(0.90, chroma * 0.38, hue),
        "paper": oklch(0.965, 0.012, 85),
        "spark": oklch(*SPARKS.get(pattern, (0.78, 0.135)), spark),
    }


def n(x: float) -> str:
    """A number as short as SVG allows at a tenth of a pixel."""
    return f"{x:.1f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, w: float, h: float, fill: str, extra: str = "") -> str:
    """A rectangle with its corner at (x, y)."""
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" fill="{fill}"{extra}/>'


def disc(x: float, y: float, r: float, fill: str) -> str:
    """A filled circle around (x, y)."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"/>'


def ring(x: float, y: float, r: float, stroke: str, width: float, extra: str = "") -> str:
    """A circle drawn as a line around (x, y)."""
    return (
        f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="none" '
        f'stroke="{stroke}" stroke-width="{n(width)}"{extra}/>'
    )


def corners(x: float, y: float, s: float, k: int) -> list[tuple[float, float]]:
    """The corners of the square (x, y, s), clockwise from corner k (0 is top left)."""
    square = [(x, y), (x + s, y), (x + s, y + s), (x, y + s)]
    return square[k:] + square[:k]


def quarter(x: float, y: float, s: float, k: int, fill: str) -> str:
    """A quarter disc filling the square (x, y, s), its corner at k."""
    (ax, ay), (bx, by), _, (dx, dy) = corners(x, y, s, k)
    return (
        f'<path d="M{n(ax)} {n(ay)}L{n(bx)} {n(by)}'
        f'A{n(s)} {n(s)} 0 0 1 {n(dx)} {n(dy)}Z" fill="{fill}"/>'
    )


def notch(x: float, y: float, s: float, k: int, fill: str) -> str:
    """The square (x, y, s) less a quarter disc at corner k."""
    _, (bx, by), (ox, oy), (dx, dy) = corners(x, y, s, k)
    return (
        f'<path d="M{n(bx)} {n(by)}L{n(ox)} {n(oy)}L{n(dx)} {n(dy)}'
        f'A{n(s)} {n(s)} 0 0 0 {n(bx)} {n(by)}Z" fill="{fill}"/>'
    )


def arch(x: float, y: float, s: float, k: int, fill: str) -> str:
    """A quarter ring around corner k of the square (x, y, s), half the square thick."""
    (ax, ay), (bx, by), _, (dx, dy) = corners(x, y, s, k)
    near, far = ((ax + bx) / 2, (ay + by) / 2), ((ax + dx) / 2, (ay + dy) / 2)
    return (
        f'<path d="M{n(bx)} {n(by)}A{n(s)} {n(s)} 0 0 1 {n(dx)} {n(dy)}L{n(far[0])} {n(far[1])}'
        f'A{n(s / 2)} {n(s / 2)} 0 0 0 {n(near[0])} {n(near[1])}Z" fill="{fill}"/>'
    )
