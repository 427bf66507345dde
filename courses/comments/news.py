"""What one person said at once, as a mail tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from wagtail.models import Comment, CommentReply


@dataclass(frozen=True)
class PieceOfNews:
    """One thing that was said or done in a thread."""

    comment: Comment
    text: str
    key: str  # names the occasion
    answers: bool = False
    resolves: bool = False


@dataclass
class ThreadNews:
    """New comments, answers, threads that were closed. What was taken back is told to nobody."""

    comments: list[Comment] = field(default_factory=list)
    replies: list[tuple[Comment, list[CommentReply]]] = field(default_factory=list)
    resolved: list[Comment] = field(default_factory=list)

    def __iter__(self) -> Iterator[PieceOfNews]:
        for comment in self.comments:
            yield PieceOfNews(comment, comment.text, key=f"comment:{comment.pk}")
        for comment, new in self.replies:
            for reply in new:
                yield PieceOfNews(comment, reply.text, key=f"reply:{reply.pk}", answers=True)
        for comment in self.resolved:
            yield PieceOfNews(comment, comment.text, key=f"resolved:{comment.pk}", resolves=True)

    @property
    def threads(self) -> set[int]:
        """Those that somebody may have spoken in before."""
        return {comment.pk for comment, _new in self.replies} | {one.pk for one in self.resolved}

    def within(self, threads: set[int]) -> Self:
        return type(self)(
            replies=[(comment, new) for comment, new in self.replies if comment.pk in threads],
            resolved=[comment for comment in self.resolved if comment.pk in threads],
        )
