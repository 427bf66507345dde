"""Where a film goes on when its lesson is opened again."""

from types import SimpleNamespace

import pytest

from learners.study.syllabus import CREDITS, Step


@pytest.mark.parametrize(
    ("last_second", "length", "goes_on_at"),
    [(0, 60, 0), (54, 60, 54), (60 - CREDITS, 60, 0), (60, 60, 0), (54, 0, 54)],
)
def test_a_film_goes_on_where_it_was_left_and_begins_again_after_its_end(
    last_second, length, goes_on_at
):
    mark, node = SimpleNamespace(last_second=last_second), SimpleNamespace(video_seconds=length)

    assert Step.starts_at.fget(SimpleNamespace(mark=mark, node=node)) == goes_on_at
