"""What never parts at the end of a line: a number and its unit, the parts of one duration.

Here and not in a style sheet, so that it holds in mails, documents, messages and titles too; after
translating, so that no translator needs to know. Words that are counted (“12 lessons”) may part.
"""

NO_BREAK_SPACE = "\u00a0"


def together(text: str) -> str:
    return text.replace(" ", NO_BREAK_SPACE)
