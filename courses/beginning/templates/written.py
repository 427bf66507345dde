"""A course to read, with an exercise after every idea."""

from django.utils.translation import gettext_lazy as _

from courses.beginning.shapes import (
    Chapter,
    Lesson,
    Template,
    advice,
    heading,
    place,
    question,
    task,
)

WRITTEN = Template(
    name="written",
    title=_("A written course with exercises"),
    promise=_("For an idea that builds on another: history, statistics, law, how to write."),
    outcomes=[
        _("Name a question that somebody can answer by themselves afterwards."),
        _("Name a text, a figure or an argument that they can judge, and by what."),
        _("Name what they will have written themselves."),
    ],
    needs=[_("Say what one should have read or known before, and where to get it in an evening.")],
    parts=[
        Chapter(
            _("The question"),
            [
                Lesson(
                    _("Why anybody asks"),
                    [
                        advice(
                            _("Begin with a case, not with a definition"),
                            _(
                                "Tell in 200 words of one person, on one day, who got it wrong "
                                "and what that cost. Readers follow people; terms can wait."
                            ),
                        ),
                        place(
                            _(
                                "Write the case here, with a name, a place and a number. Stop "
                                "right before the explanation."
                            )
                        ),
                        heading(_("What we will find out")),
                        place(
                            _(
                                "Put the question of the whole course in one sentence. Everything "
                                "that does not help to answer it can go."
                            )
                        ),
                    ],
                    is_preview=True,
                ),
                Lesson(
                    _("What most people think"),
                    [
                        advice(
                            _("State the common belief so well that its friends would sign it"),
                            _(
                                "A reader who holds it must feel understood before they will let "
                                "go of it. Only then show the fact that does not fit."
                            ),
                        ),
                        task(
                            _("Before you read on"),
                            _(
                                "Ask for a guess, written down, with a reason. Give a number or "
                                "two sentences as the form, so that it can be compared later."
                            ),
                        ),
                    ],
                ),
            ],
            description=_("One case, one question, and what is usually answered."),
        ),
        Chapter(
            _("The idea, in three steps"),
            [
                Lesson(
                    _("The first step"),
                    [
                        advice(
                            _("One lesson, one idea, one example worked out to the end"),
                            _(
                                "If you need the word “also”, it is two lessons. Between 600 and "
                                "1,200 words are read in one sitting."
                            ),
                        ),
                        heading(_("The idea")),
                        place(_("Say it in one sentence. Then say what it is not.")),
                        heading(_("An example")),
                        place(
                            _(
                                "Work one example out, line by line, with every doubt you had. "
                                "Leave no step to the reader yet."
                            )
                        ),
                        task(
                            _("Your turn"),
                            _(
                                "Give nearly the same example with one thing changed, and how to "
                                "see whether the answer is right."
                            ),
                        ),
                    ],
                ),
                Lesson(
                    _("The second step"),
                    [
                        advice(
                            _("Let the reader do the last third"),
                            _(
                                "The same pattern as before, but your example stops early. What "
                                "one finishes oneself is remembered."
                            ),
                        ),
                        place(_("Begin with where the last lesson stopped, in one sentence.")),
                    ],
                ),
                Lesson(
                    _("The third step"),
                    [
                        advice(
                            _("Now the reader does it, and you look on"),
                            _(
                                "Give a case, three hints that can be opened one after the other, "
                                "and a solution at the end with the two most common wrong turns."
                            ),
                        ),
                        question(
                            _("Sample: which of these follows from the case?"),
                            right=_("Write what follows, in the words of the lesson"),
                            wrong=[
                                (
                                    _("Write what follows only if one more thing were true"),
                                    _("Name that thing, and where it would have been said."),
                                ),
                                (
                                    _("Write what the common belief would say"),
                                    _("Lead back to the lesson that parted with it."),
                                ),
                            ],
                            why=_("Say in one sentence how one gets there."),
                        ),
                    ],
                ),
            ],
            description=_("Shown whole, then half, then left to the reader."),
        ),
        Chapter(
            _("Using it"),
            [
                Lesson(
                    _("Back to the case"),
                    [
                        advice(
                            _("Solve the first page"),
                            _(
                                "Take up the person of the first lesson and let the reader advise "
                                "them. Nothing new here: this is where it comes together."
                            ),
                        ),
                        task(
                            _("Compare with your guess"),
                            _("Ask for three sentences: what I wrote then, what I say now, why."),
                        ),
                    ],
                ),
                Lesson(
                    _("What to read next"),
                    [
                        advice(
                            _("Three titles, not thirty"),
                            _(
                                "For each say in a sentence what it adds and for whom it is too "
                                "long. Use the block “Resource”, so that addresses can be checked."
                            ),
                        ),
                        place(_("End with the question that you have not answered either.")),
                    ],
                ),
            ],
            description=_("The case again, and the way on from here."),
        ),
    ],
)
