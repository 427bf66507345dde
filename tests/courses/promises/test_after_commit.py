"""What waits for a commit: one failure neither reaches the caller nor takes the next along."""

from functools import partial

import pytest
from django.db import transaction

from courses.promises.after_commit import after_commit

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(Exception):
    pass


def fail() -> None:
    raise Broken


@pytest.mark.parametrize("work", [fail, partial(fail)])
def test_a_failure_reaches_nobody_and_what_waits_behind_it_still_happens(work, caplog):
    done = []

    with transaction.atomic():
        after_commit(work)
        after_commit(done.append, "the next")

    assert done == ["the next"]
    assert [record.exc_info[0] for record in caplog.records] == [Broken]


def test_control_a_robust_partial_raises_to_the_caller_and_drops_the_next():
    done = []

    with pytest.raises(AttributeError), transaction.atomic():
        transaction.on_commit(partial(fail), robust=True)
        transaction.on_commit(partial(done.append, "the next"), robust=True)

    assert done == []


def test_nothing_happens_when_the_transaction_is_rolled_back():
    done = []

    with pytest.raises(Broken), transaction.atomic():
        after_commit(done.append, "it")
        raise Broken

    assert done == []


def test_arguments_are_handed_over():
    heard = []

    def hear(*args, **kwargs):
        heard.append((args, kwargs))

    with transaction.atomic():
        after_commit(hear, 1, two=2)
        assert heard == []

    assert heard == [((1,), {"two": 2})]
