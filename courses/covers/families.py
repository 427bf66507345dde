"""The eight families of covers, one per pattern. Each takes dice, tones, size and a pen."""

import math
from random import Random

from courses.covers.drawing import Palette, Put, arch, disc, n, notch, quarter, rect, ring

# Where a summit is, how far it reaches, and its waves: height, phase, how many.
Peak = tuple[float, float, float, list[tuple[float, float, int]]]


def contours(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Hills seen from above: every summit is painted level by level, so they merge like a map."""
    tones = ["light", "paper", "soft", "mid", "dark", "deep"]
    if r.random() < 0.5:
        tones = ["deep", "dark", "mid", "soft", "light", "paper"]
    put(rect(0, 0, w, h, p[tones[0]]))
    size, peaks = min(w, h), []
    for i in range(3):
        waves = [
            (r.uniform(0.05, 0.2) / (k * 0.8 + 0.5), r.uniform(0, 6.3), k + 1) for k in range(4)
        ]
        across = w * (0.16 + 0.34 * i) + r.uniform(-0.1, 0.1) * w
        peaks.append(
            (across, h * r.choice([0.22, 0.4, 0.6, 0.82]), size * r.uniform(0.5, 0.95), waves)
        )
    levels = 10
    for level in range(levels):
        step = level * (len(tones) - 1) // levels
        tone, line = p[tones[1 + step]], p[tones[min(len(tones) - 1, 2 + step)]]
        for peak in peaks:
            path = _contour(peak, 1 - level / levels, level)
            put(f'<path d="{path}Z" fill="{tone}" stroke="{line}" stroke-width="1.6"/>')
    cx, cy, _, _ = max(peaks, key=lambda peak: peak[2])
    put(disc(cx, cy, size * 0.028, p["spark"]))


def _contour(peak: Peak, scale: float, level: int) -> str:
    """A closed wavy line around a summit, smoothed through 28 points."""
    cx, cy, reach, waves = peak
    points = []
    for j in range(28):
        t = 2 * math.pi * j / 28
        sway = sum(a * math.sin(k * t + phase + level * 0.09) for a, phase, k in waves)
        d = reach * scale * (1 + sway)
        points.append((cx + d * math.cos(t) * 1.15, cy + d * math.sin(t) * 0.85))
    (x0, y0), (x1, y1) = points[-1], points[0]
    path = f"M{n((x0 + x1) / 2)} {n((y0 + y1) / 2)}"
    for j, (x, y) in enumerate(points):
        x2, y2 = points[(j + 1) % 28]
        path += f"Q{n(x)} {n(y)} {n((x + x2) / 2)} {n((y + y2) / 2)}"
    return path


def tiles(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Quarter discs on a grid, a few of them ringed."""
    s = r.choice([90, 108, 135]) if w > h else r.choice([90, 108])
    ground = r.choice(["paper", "deep", "light"])
    pool = {
        "paper": ["dark", "mid", "soft", "deep"],
        "deep": ["mid", "soft", "light", "dark"],
        "light": ["dark", "deep", "paper", "mid"],
    }[ground]
    put(rect(0, 0, w, h, p[ground]))
    cols, rows = math.ceil(w / s), math.ceil(h / s)
    ox, oy = (w - cols * s) / 2, (h - rows * s) / 2
    sparks = {(r.randrange(1, cols - 1), r.randrange(1, max(2, rows - 1))) for _ in range(2)}
    turn = r.randrange(4)
    for j in range(rows):
        for i in range(cols):
            x, y, fill = ox + i * s, oy + j * s, p[r.choices(pool, [4, 3, 3, 2])[0]]
            kind = r.random()
            if (i, j) in sparks:
                put(disc(x + s / 2, y + s / 2, s / 2, p["spark"]))
            elif kind < 0.2:
                put(notch(x, y, s, r.randrange(4), fill))
            elif kind < 0.72:
                facing = (turn + i + j) % 4 if r.random() < 0.65 else r.randrange(4)
                put(quarter(x, y, s, facing, fill))
            elif kind < 0.82:
                put(arch(x, y, s, r.randrange(4), fill))
            elif kind < 0.9:
                put(rect(x, y, s, s, fill))


def discs(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Great half circles that overlap: a poster."""
    ground = r.choice(["paper", "light", "dark"])
    put(rect(0, 0, w, h, p[ground]))
    u = h / 2 if w > h else w / 2
    tones = {
        "paper": ["mid", "soft", "dark"],
        "light": ["dark", "mid", "deep"],
        "dark": ["soft", "mid", "light"],
    }[ground]
    cols, rows = math.ceil(w / u) + 1, math.ceil(h / u) + 1
    x0 = -u * r.choice([0, 0.5, 0.25]) if w > h else 0
    for j in range(rows):
        for i in range(cols):
            x, y, tone, k = x0 + i * u, j * u, p[r.choice(tones)], r.randrange(5)
            if k == 4:
                put(rect(x, y, u / 2, u, tone))
                continue
            cx, cy, angle = [
                (x + u / 2, y, 0),
                (x + u, y + u / 2, 90),
                (x + u / 2, y + u, 180),
                (x, y + u / 2, 270),
            ][k]
            half = f"M{n(-u / 2)} 0A{n(u / 2)} {n(u / 2)} 0 0 0 {n(u / 2)} 0Z"
            place = f"translate({n(cx)} {n(cy)}) rotate({angle})"
            put(f'<path d="{half}" transform="{place}" fill="{tone}"/>')
    cx, cy = x0 + u * r.choice([1, 2, 2.5]), u * r.choice([0.5, 1, 1.5])
    put(disc(cx, cy, u * 0.5, p["spark"]))
    put(ring(cx, cy, u * 0.72, p["paper" if ground == "dark" else "deep"], 2.5))


def ripples(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Two sources of sound whose rings meet."""
    dark = r.random() < 0.6
    put(rect(0, 0, w, h, p["deep" if dark else "light"]))
    ax, bx = w * r.uniform(0.16, 0.34), w * r.uniform(0.64, 0.86)
    y = h * r.uniform(0.3, 0.72)
    step = h / r.choice([9, 11, 13])
    tones = ["mid", "soft", "light"] if dark else ["dark", "mid", "deep"]
    for cx, cy, tone, first in ((ax, y, tones[0], 1), (bx, h - y, tones[1], 2)):
        for i in range(first, 20):
            fade = n(max(0.12, 1 - i * 0.034)) if i * 0.034 < 0.9 else ".1"
            put(
                ring(
                    cx, cy, step * i, p[tone], step * (0.46 - 0.014 * i) + 0.8, f' opacity="{fade}"'
                )
            )
    put(disc(ax, y, step, p["spark"]))
    put(disc(bx, h - y, step * 2, p[tones[2]]))
    put(disc(bx, h - y, step * 0.9, p["deep" if dark else "light"]))


def leaves(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Two arcs make a leaf, or a mouth speaking; rows answer each other."""
    s = r.choice([108, 135, 180]) if w > h else r.choice([108, 135])
    ground = r.choice(["light", "deep", "paper"])
    tones = {
        "light": ["dark", "mid", "deep"],
        "deep": ["soft", "mid", "light"],
        "paper": ["mid", "dark", "soft"],
    }[ground]
    put(rect(0, 0, w, h, p[ground]))
    cols, rows = math.ceil(w / s), math.ceil(h / s)
    ox, oy = (w - cols * s) / 2, (h - rows * s) / 2
    spark, mode = (r.randrange(cols), r.randrange(rows)), r.randrange(3)
    for j in range(rows):
        for i in range(cols):
            flip = ((i + j) % 2, i % 2, r.randrange(2))[mode]
            x, y = ox + i * s, oy + j * s
            tone = p["spark"] if (i, j) == spark else p[tones[(i * 2 + j * (1 + mode)) % 3]]
            (ax, ay), (bx, by) = ((x, y), (x + s, y + s)) if flip else ((x + s, y), (x, y + s))
            a, b = f"{n(ax)} {n(ay)}", f"{n(bx)} {n(by)}"
            arc = f"A{n(s)} {n(s)} 0 0 1"
            put(f'<path d="M{a}{arc} {b}{arc} {a}Z" fill="{tone}"/>')
            if r.random() < 0.3:
                put(f'<path d="M{a}L{b}" stroke="{p[ground]}" stroke-width="2.5"/>')


def towers(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Columns with round heads: a skyline, a chart."""
    ground = r.choice(["light", "paper", "deep"])
    tones = {
        "light": ["dark", "mid", "deep", "soft"],
        "paper": ["mid", "soft", "dark", "deep"],
        "deep": ["mid", "soft", "dark", "light"],
    }[ground]
    put(rect(0, 0, w, h, p[ground]))
    count = r.choice([8, 10, 12]) if w > h else r.choice([5, 6])
    cw, phase, spark = w / count, r.uniform(0, 6.3), r.randrange(1, count - 1)
    if r.random() < 0.6:
        across, sun = w * r.uniform(0.2, 0.8), h * 0.2 if w > h else w * 0.24
        put(disc(across, h * 0.34, sun, p["dark" if ground == "deep" else "soft"]))
    for i in range(count):
        tone = p["spark"]
        if i != spark:
            tone = p[tones[i % len(tones)] if r.random() < 0.7 else r.choice(tones)]
        top = h * (0.52 - 0.26 * math.sin(i * 5 / count + phase) + r.uniform(-0.1, 0.1))
        put(_tower(i, cw, top, h, tone))
        if r.random() < 0.45 and i != spark:
            front = p[r.choice(tones)]
            put(_tower(i, cw, top + (h - top) * r.uniform(0.3, 0.6), h, front))


def _tower(i: int, cw: float, top: float, h: int, fill: str) -> str:
    left, right, shoulder = n(i * cw), n((i + 1) * cw), n(top + cw / 2)
    arc = f"A{n(cw / 2)} {n(cw / 2)} 0 0 1 {right} {shoulder}"
    return f'<path d="M{left} {h}V{shoulder}{arc}V{h}Z" fill="{fill}"/>'


def letters(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Stems and bowls, cropped large, on ruled paper."""
    ground = r.choice(["paper", "paper", "deep", "soft"])
    ink, faint = ("light", "dark") if ground == "deep" else ("deep", "mid")
    if ground == "paper":
        faint = "soft"
    put(rect(0, 0, w, h, p[ground]))
    for i in range(1, 24):
        put(rect(0, i * h / 18, w, 1.4, p[faint], ' opacity=".7"'))
    q = h * r.choice([0.2, 0.24, 0.28]) if w > h else w * r.choice([0.24, 0.3])
    stem, x, y = q * 0.62, -q * r.uniform(0.2, 1), h * 0.5
    spark, i = r.choice([1, 2]), 0
    while x < w + q:
        kind = r.choice("bdpqol")
        tone = p["spark"]
        if i != spark:
            tone = p[ink] if r.random() < 0.7 else p["soft" if ground == "deep" else "dark"]
        rise = y - q * 2.1 if kind in "bdl" else y - q
        foot = y + q * 2.1 if kind in "pq" else y + q
        if kind == "l":
            put(rect(x, rise, stem, foot - rise, tone))
            x += stem
        else:
            put(disc(x + q, y, q, tone))
            if kind != "o":
                left = x if kind in "bp" else x + 2 * q - stem
                put(rect(left, rise, stem, foot - rise, tone))
            put(disc(x + q, y, q * 0.38, p[ground]))
            x += 2 * q
        x += q * 0.2
        i += 1


# the triangle that covers half a square, by the corner it turns to
HALVES = [
    ((0, 0), (1, 0), (0, 1)),
    ((1, 0), (1, 1), (0, 0)),
    ((1, 1), (0, 1), (1, 0)),
    ((0, 1), (0, 0), (1, 1)),
]


def quilt(r: Random, p: Palette, w: int, h: int, put: Put) -> None:
    """Half-square triangles, sewn in blocks of four that repeat mirrored."""
    s = r.choice([60, 90, 67.5]) if w > h else r.choice([67.5, 90])
    tones = ["paper", "dark", "mid", "soft", "deep"]
    block = [[_patch(r, tones) for _ in range(2)] for _ in range(2)]
    spark = (r.randrange(2), r.randrange(2))
    cols, rows = math.ceil(w / s) + 1, math.ceil(h / s) + 1
    cols += cols % 2
    ox, oy = (w - cols * s) / 2, (h - rows * s) / 2
    late = []
    for j in range(rows):
        for i in range(cols):
            bi, bj = i % 4, j % 4
            mi, mj = min(bi, 3 - bi), min(bj, 3 - bj)
            turn, under, over = block[mj][mi]
            x, y = ox + i * s, oy + j * s
            put(rect(x - 0.4, y - 0.4, s + 0.8, s + 0.8, p[under]))
            xs = (x + s, x) if bi >= 2 else (x, x + s)
            ys = (y + s, y) if bj >= 2 else (y, y + s)
            fill = p["spark" if (mi, mj) == spark else over]
            points = "L".join(f"{n(xs[a])} {n(ys[b])}" for a, b in HALVES[turn])
            late.append(f'<path d="M{points}Z" fill="{fill}" stroke="{fill}" stroke-width=".8"/>')
    put("".join(late))


def _patch(r: Random, tones: list[str]) -> tuple[int, str, str]:
    """Which half lies on top, the tone below and the tone above."""
    turn = r.randrange(4)
    under, over = r.sample(tones, 2)
    return turn, under, over


DRAW = {
    draw.__name__: draw
    for draw in (contours, tiles, discs, ripples, leaves, towers, letters, quilt)
}
