"""A QR code as one SVG path, so that it needs no image file and no style attribute."""

import segno


def qr_path(text: str) -> dict:
    """``{"size": modules, "path": "M0 0h7…"}``: dark modules as horizontal runs.

    Error correction M, as ISO/IEC 18004 advises for print that may be scratched.
    """
    rows = [list(row) for row in segno.make(text, error="m").matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return {"size": len(rows), "path": "".join(runs)}
