"""Mammoth in a process of its own, which ends when it takes too much.

Its arguments: the document, a folder, most bytes of memory, most seconds of the processor.
Run by its path, so that nothing of ours comes along. A few bytes of a document may stand for
gigabytes of text: a note that is referred to a thousand times, an address that every word leads
to, parts that nothing has looked at. Writes ``text.html`` and the pictures that it names into the
folder; what Word itself calls the title is ``h1.title`` in it.
"""

import hashlib
import resource
import sys
from pathlib import Path
from typing import Any

TOO_MUCH = 3  # the code with which it ends then

MOST_PICTURES = 200
MAX_PICTURE = 64 * 1024**2  # bytes
MAX_PICTURES = 128 * 1024**2  # bytes of all of them
ENDS = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif",
}  # fmt: skip


class Pictures:
    """Writes each picture once, however often it is shown, and so many of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[bytes, str] = {}
        self.size = 0

    def keep(self, image: Any) -> dict[str, str]:
        end = ENDS.get(image.content_type)
        if end is None:
            return {"src": ""}
        with image.open() as content:
            data = content.read(MAX_PICTURE + 1)
        digest = hashlib.sha256(data).digest()
        if digest not in self.names:
            is_large = len(data) > MAX_PICTURE or self.size + len(data) > MAX_PICTURES
            if is_large or len(self.names) >= MOST_PICTURES:
                return {"src": ""}
            self.size += len(data)
            self.names[digest] = f"picture-{len(self.names) + 1}.{end}"
            (self.folder / self.names[digest]).write_bytes(data)
        return {"src": self.names[digest]}


def main(document: str, folder: str, memory: int, seconds: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import mammoth

    pictures = Pictures(Path(folder))
    try:
        with open(document, "rb") as file:
            read = mammoth.convert_to_html(
                file,
                convert_image=mammoth.images.img_element(pictures.keep),
                external_file_access=False,
                style_map="p[style-name='Title'] => h1.title:fresh",
            )
        (Path(folder) / "text.html").write_text(read.value, encoding="utf-8", errors="replace")
    except MemoryError:
        return TOO_MUCH
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
