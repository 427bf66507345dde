"""Replaces what can only be replaced while running: called once, when apps are ready."""

from .api import answer_for_all_rows_together
from .clock import keep_the_readers_clock
from .frame import call_people_by_their_names, work_out_the_frame_once
from .histories import tell_all_that_was_done_to_a_page, tell_of_one_thing_by_parts
from .listing import (
    list_no_more_than_is_counted,
    list_pages_of_a_type_by_their_last_change,
    list_workflows_without_counting_all,
    report_types_as_far_as_they_are_counted,
)
from .lists import (
    call_found_pages_pages,
    complete_found_pages_together,
    export_long_lists_by_a_worker,
    export_nothing_that_runs,
)
from .media import offer_a_few_collections, say_how_large_a_file_may_be_as_elsewhere
from .permissions import ask_teams_of_one_page
from .reporting import report_without_reading_all
from .requests import answer_404_past_the_end, choose_by_keys_only, expect_no_shape
from .side_panels import show_no_checks_that_count_nothing, tell_of_a_course_what_holds_for_it
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
    show_no_checks_that_count_nothing()
    tell_of_a_course_what_holds_for_it()
    export_nothing_that_runs()
    export_long_lists_by_a_worker()
    complete_found_pages_together()
    call_found_pages_pages()
    report_without_reading_all()
    list_no_more_than_is_counted()
    report_types_as_far_as_they_are_counted()
    list_pages_of_a_type_by_their_last_change()
    list_workflows_without_counting_all()
    tell_of_one_thing_by_parts()
    tell_all_that_was_done_to_a_page()
    offer_a_few_collections()
    say_how_large_a_file_may_be_as_elsewhere()
    answer_for_all_rows_together()
    ask_teams_of_one_page()
    work_out_the_frame_once()
    call_people_by_their_names()
    keep_the_readers_clock()
    expect_no_shape()
    choose_by_keys_only()
    answer_404_past_the_end()
