"""Where the last run of each size is kept: between two marks of ``README.md``."""

from pathlib import Path

README = Path(__file__).with_name("README.md")


def keep(size: str, text: str, *, path: Path = README) -> None:
    """Put ``text`` in the place of the last run of this size. Raises ValueError without one."""
    begin, end = f"<!-- {size}: last run -->", f"<!-- {size}: end -->"
    before, found, rest = path.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{path} has no place for a run of size {size}.")
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")
