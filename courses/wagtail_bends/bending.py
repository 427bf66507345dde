"""Replaces what can only be replaced while running: called once, when apps are ready."""

from .clock import keep_the_readers_clock
from .lists import (
    complete_found_pages_together,
    export_long_lists_by_a_worker,
    export_nothing_that_runs,
)
from .reporting import report_without_reading_all
from .requests import answer_404_past_the_end, choose_by_keys_only, expect_no_shape
from .telling import (
    refuse_a_submission_once,
    silence_stock_mails,
    tell_of_comments_by_our_mails,
)
from .workflows import step_in_one_piece


def bend() -> None:
    step_in_one_piece()
    silence_stock_mails()
    tell_of_comments_by_our_mails()
    refuse_a_submission_once()
    export_nothing_that_runs()
    export_long_lists_by_a_worker()
    complete_found_pages_together()
    report_without_reading_all()
    keep_the_readers_clock()
    expect_no_shape()
    choose_by_keys_only()
    answer_404_past_the_end()
