"""What a person typed into a form that came to nothing, to be given back to them."""

from django.http import HttpRequest

_NEVER = ("csrfmiddlewaretoken", "password")


def words_typed(request: HttpRequest) -> str:
    """The texts of a post; no passwords, and nothing that a form brought along by itself."""
    texts = [
        text
        for name in request.POST
        if not any(part in name for part in _NEVER)
        and _is_of_words(text := request.POST.get(name, "").strip())
    ]
    return "\n\n".join(texts)


def _is_of_words(text: str) -> bool:
    """Keys, numbers and choices are of ASCII and hold no blank; Chinese holds none either."""
    return not text.isascii() or len(text.split()) > 1
