"""What a kept page takes."""

import random

from perfomix.page_cache.page import Page


def test_a_page_is_reckoned_with_every_form_that_is_kept_of_it():
    words = random.Random(1).choices([f"word{number} " for number in range(256)], k=10_000)
    page = Page(body="".join(words).encode(), headers=[], keys=["catalogue"], until=0)

    kept = [len(page.answer(encoding)[1]) for encoding in ("", "gzip", "br")]

    assert max(kept[1:]) < kept[0] / 2  # compressed, and both of them kept
    assert sum(kept) <= page.size
