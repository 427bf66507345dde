"""The words of a column as PostgreSQL indexes and finds them, for lists of the admin.

The catalogue's search knows endings, accents and misspellings; a list is searched for a name, an
address or a title whose words somebody has before them.
"""

from django.contrib.postgres.search import SearchVector
from django.db.models import Func, TextField, Value


def words_of(field: str) -> SearchVector:
    """Runs of letters and digits, and nothing else.

    Of PostgreSQL's own idea of a word an e-mail address is one, and no part of it would be found.
    An index on this expression answers a search for the beginnings of words.
    """
    letters = Func(
        field,
        Value("[^[:alnum:]]+"),
        Value(" "),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    return SearchVector(letters, config="simple")
