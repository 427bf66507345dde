"""The name of a file or folder, as a title."""

import re
from pathlib import PurePosixPath

_NUMBER = re.compile(r"^\d+(?:[.\-_]\d+)*[\s.\-_)]+(?=\S)")


def spoken_title(name: str) -> str:
    """``06 names-on-water.mp4`` as “Names on water”; empty when no letter is in it."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", stem)
    words = " ".join(re.sub(r"[\s_\-]+", " ", _NUMBER.sub("", stem)).split())
    if not any(letter.isalnum() for letter in words):
        return ""
    return words[:1].upper() + words[1:]
