"""What the search of the demo takes for the same."""

import tomllib

from storefront.models import Synonyms

from .reading import CONTENT


def load_synonyms() -> None:
    """Creates whichever is missing. None that is there is touched."""
    for given in tomllib.loads((CONTENT / "synonyms.toml").read_text())["row"]:
        if not Synonyms.objects.filter(words=given["words"]).exists():
            row = Synonyms(words=given["words"], language=given.get("language", ""))
            row.full_clean()
            row.save()
