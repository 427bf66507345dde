"""Submitting, deciding on and restoring releases; retiring pages; archiving courses."""

from .archiving import archive_course, unarchive_course
from .decisions import (
    approve_release,
    ask_for_changes,
    restore_release,
    submit_course,
    withdraw_release,
)
from .retiring import keep_page, retire_page

__all__ = [
    "approve_release",
    "archive_course",
    "ask_for_changes",
    "keep_page",
    "restore_release",
    "retire_page",
    "submit_course",
    "unarchive_course",
    "withdraw_release",
]
