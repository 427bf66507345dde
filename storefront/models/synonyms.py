"""Words that say the same, for the search of the catalogue."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.panels import FieldPanel

from courses.models import Language
from courses.words.folding import fold

# Each is asked for beside the one that was typed, so a query stays as long as somebody can read.
MOST_WORDS = 12
LONGEST = 60  # letters of one of them
MOST_PARTS = 4  # words in one of them: "search engine optimisation"
MOST_ROWS = 500
COMMAS = re.compile("[,،、，;\n]")


class Synonyms(models.Model):
    """One row of words; whoever searches for one of them finds courses with any of them."""

    words = models.CharField(
        gettext_lazy("words"),
        max_length=300,
        help_text=gettext_lazy("With commas between them, such as: JS, JavaScript, ECMAScript."),
    )
    language = models.CharField(
        gettext_lazy("only in courses in"),
        max_length=2,
        blank=True,
        choices=Language.choices,
        help_text=gettext_lazy("For words that say something else in other languages."),
    )

    panels = [FieldPanel("words"), FieldPanel("language")]
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("synonyms")
        verbose_name_plural = gettext_lazy("synonyms")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def said(self) -> list[str]:
        """The words, each as it was written."""
        parts = (" ".join(part.split()) for part in COMMAS.split(self.words))
        return [part for part in parts if part]

    def clean(self) -> None:
        """Raises ValidationError unless a search could use it, and no other row has its words."""
        super().clean()
        self.words = ", ".join(self.said)
        for check in (self._check_each, self._check_all, self._check_others):
            check()

    def _check_each(self) -> None:
        for word in self.said:
            parts = len(fold(word))
            if not parts:
                raise _wrong(_("“%(word)s” has no letter to search for."), word, "no_letter")
            if len(word) > LONGEST:
                raise _wrong(_("“%(word)s” is too long for a search."), word, "word_too_long")
            if parts > MOST_PARTS:
                raise _wrong(
                    _("“%(word)s” is a sentence. Keep to a few words."), word, "too_many_parts"
                )

    def _check_all(self) -> None:
        found: set[tuple[str, ...]] = set()
        for word in self.said:
            if tuple(fold(word)) in found:
                raise _wrong(
                    _("“%(word)s” stands here twice: the search tells no difference."),
                    word,
                    "twice",
                )
            found.add(tuple(fold(word)))
        if len(found) < 2:
            raise ValidationError(
                {
                    "words": ValidationError(
                        _("Write two words at least, with a comma between them."), code="too_few"
                    )
                }
            )
        if len(found) > MOST_WORDS:
            message = ngettext(
                "Keep to %(most)s word in a row.", "Keep to %(most)s words in a row.", MOST_WORDS
            )
            raise ValidationError(
                {"words": ValidationError(message % {"most": MOST_WORDS}, code="too_many")}
            )

    def _check_others(self) -> None:
        others = Synonyms.objects.exclude(pk=self.pk)
        if self.pk is None and others.count() >= MOST_ROWS:
            message = _("There are %(most)s rows already. Change or delete one of them.")
            raise ValidationError(message % {"most": MOST_ROWS}, code="too_many_rows")
        if self.language:
            others = others.filter(Q(language=self.language) | Q(language=""))
        mine = {tuple(fold(word)): word for word in self.said}
        for other in others:
            for word in other.said:
                if tuple(fold(word)) in mine:
                    message = _("“%(word)s” stands in another row already: %(row)s")
                    raise ValidationError(
                        {
                            "words": ValidationError(
                                message % {"word": word, "row": other.words}, code="in_another_row"
                            )
                        }
                    )


def _wrong(message: str, word: str, code: str) -> ValidationError:
    return ValidationError({"words": ValidationError(message % {"word": word}, code=code)})
