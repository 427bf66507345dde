"""The admin's desk: people and applications, inside Wagtail's admin."""
