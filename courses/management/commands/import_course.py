"""Import an Open edX course export as a draft: `manage.py import_course FILE --producer EMAIL`."""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.checks.readiness import problems_of
from courses.drafts.nodes import read_draft
from courses.errors import CourseError
from courses.exchange.build import import_course


class Command(BaseCommand):
    help = "Reads an Open edX course export (.tar.gz or .zip) into a draft course."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the archive, as exported from Open edX Studio")
        parser.add_argument("--producer", required=True, help="e-mail address of its producer")
        parser.add_argument(
            "--report", help="write the report to this file: text for .txt, otherwise JSON"
        )

    def handle(self, *, file: str, producer: str, report: str | None, **options: Any) -> None:
        target = Path(report) if report else None
        if target and not target.resolve().parent.is_dir():
            raise CommandError(f"The folder of the report “{report}” does not exist.")
        person = get_user_model().objects.filter(email__iexact=producer).first()
        if person is None:
            raise CommandError(f"There is no account with the address {producer}.")
        try:
            course, told = import_course(path=file, producer=person)
        except CourseError as error:
            raise CommandError(str(error)) from error
        if target:
            as_json = json.dumps(told.as_dict(), indent=2, ensure_ascii=False)
            text = told.as_text() if target.suffix == ".txt" else as_json + "\n"
            target.write_text(text, encoding="utf-8")
        self.stdout.write(told.as_text())
        self.stdout.write(f"Draft course “{course.title}” (page {course.pk}) for {person.email}.")
        missing = problems_of(read_draft(course))
        if missing:
            self.stdout.write("Before it can be submitted for review:")
            for problem in missing:
                self.stdout.write(f"  {problem}")
