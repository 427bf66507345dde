"""Where a review is read and decided."""

from django.urls import reverse


def page(name: str, *args: int) -> str:
    return reverse(f"moderation:{name}", args=args)
