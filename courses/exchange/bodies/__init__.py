"""The body of an imported lesson, written as blocks: texts, media and questions.

``BodyWriter.write`` is what the import calls; ``TextWriter`` also writes a course's description.
"""

from .texts import TextWriter
from .writer import BodyWriter

__all__ = ["BodyWriter", "TextWriter"]
