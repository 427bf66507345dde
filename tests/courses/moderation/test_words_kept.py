"""What a moderator typed is given back where it could not be taken."""

import pytest

from courses import releases
from tests.builders import (
    a_submission,
)
from tests.courses.isolation.evidence import rows

from .addresses import page

WORDS = {"comment": "A pleasure to read.", "note": "Say which chalk."}


def test_what_stands_in_the_other_box_stays_when_a_note_is_missing(at_mira, ada):
    release = a_submission(by=ada)

    answer = at_mira.post(page("send_back", release.pk), WORDS | {"note": " "})

    assert answer.status_code == 422
    assert ">\nA pleasure to read.</textarea>" in answer.content.decode()


def test_what_stands_in_the_other_box_stays_when_a_comment_is_too_long(at_mira, ada):
    release = a_submission(by=ada)

    answer = at_mira.post(page("approve", release.pk), WORDS | {"comment": "a" * 2001})

    assert answer.status_code == 422
    assert ">\nSay which chalk.</textarea>" in answer.content.decode()
    release.refresh_from_db()
    assert release.status == "in_review"


@pytest.mark.parametrize("verb", ["approve", "send_back"])
@pytest.mark.parametrize("meanwhile", ["decided", "withdrawn"])
def test_words_for_a_submission_that_waits_no_more_are_given_back(
    client, ada, mira, ivo, verb, meanwhile
):
    release = a_submission(by=ada)
    if meanwhile == "decided":
        releases.ask_for_changes(release=release, user=mira, note="Shorter.")
    else:
        releases.withdraw_release(release=release, user=ada)
    client.force_login(ivo)
    before = rows()

    answer = client.post(page(verb, release.pk), WORDS)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "decided or taken back" in html
    assert "readonly>A pleasure to read.\n\nSay which chalk.</textarea>" in html
    assert rows() == before


def test_a_comment_on_a_submission_that_waits_no_more_is_given_back(at_mira, ada):
    release = a_submission(by=ada)
    item = release.items.get(title="Cutting straight")
    releases.withdraw_release(release=release, user=ada)
    before = rows()

    answer = at_mira.post(
        page("comment", release.pk, item.pk), {"place": "title", "text": "Which chalk?"}
    )

    assert answer.status_code == 409
    assert "readonly>Which chalk?</textarea>" in answer.content.decode()
    assert rows() == before
