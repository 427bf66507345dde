"""A language, by the situations in which it is needed."""

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

LANGUAGE = Template(
    name="language",
    title=_("A language, by situations"),
    promise=_("For people who will soon stand at a counter, a bedside or a building site."),
    outcomes=[
        _("Name a situation that somebody gets through without changing the language."),
        _("Name what they understand at the speed at which it is really said."),
        _("Name what they can write on a form, a note, a message."),
    ],
    needs=[_("Say whether one can begin without a word, and which script one should read.")],
    parts=[
        Chapter(
            _("At the counter"),
            [
                Lesson(
                    _("Listen first"),
                    [
                        advice(
                            _("One minute of real talk, before any list of words"),
                            _(
                                "Record two people at their own speed. Add captions in the "
                                "language that is learned, and a transcript: people listen three "
                                "times and read once."
                            ),
                            _("A sound file goes into a block “Resource”, a film into “Video”."),
                        ),
                        place(
                            _("Three questions to listen for, answered by single words:"),
                            _("Who wants something?"),
                            _("What does it cost?"),
                            _("What goes wrong?"),
                        ),
                    ],
                    is_preview=True,
                ),
                Lesson(
                    _("Twelve words that carry it"),
                    [
                        advice(
                            _("As few as get somebody through"),
                            _(
                                "Choose by what is said there, not by topic. Nouns with their "
                                "article, verbs in the form in which one hears them. A table of "
                                "three columns is best: word, how it sounds, a whole sentence."
                            ),
                        ),
                        place(_("Replace this by a block “Table” with your twelve.")),
                    ],
                ),
                Lesson(
                    _("One pattern"),
                    [
                        advice(
                            _("Grammar as a slot, not as a rule"),
                            _(
                                "Give one sentence with a gap that takes eight of the twelve "
                                "words. The rule may follow, in two lines, for those who ask."
                            ),
                        ),
                        heading(_("The pattern")),
                        place(_("I would like …, please. / Do you have …? / Where is …?")),
                        question(
                            _("Sample: somebody says “…”. What do you answer?"),
                            right=_("Write the answer that fits"),
                            wrong=[
                                (
                                    _("Write a right sentence for another question"),
                                    _("Write to which question that would be the answer."),
                                ),
                                (
                                    _("Write the mistake that your language leads to"),
                                    _("Show both sentences, one below the other."),
                                ),
                            ],
                            why=_("Point at the word that decides."),
                        ),
                    ],
                ),
                Lesson(
                    _("Now you speak"),
                    [
                        advice(
                            _("Say it aloud, with somebody missing"),
                            _(
                                "Record one side of the talk and leave pauses. Learners fill "
                                "them, at first with the text before them and then without."
                            ),
                        ),
                        task(
                            _("Use it today"),
                            _(
                                "Name one place where the sentence can be said within a day, and "
                                "what to answer if somebody replies in another language."
                            ),
                        ),
                    ],
                ),
            ],
            description=_("Listen, take twelve words, use one pattern, speak."),
        ),
        Chapter(
            _("On the telephone"),
            [
                Lesson(
                    _("Listen without a face"),
                    [
                        advice(
                            _("The same four lessons again, with one thing made harder"),
                            _(
                                "No lips to read, numbers and names spelled out. Keep the order "
                                "of the four lessons: it is what learners lean on."
                            ),
                        ),
                        place(_("The recording, and three questions.")),
                    ],
                ),
                Lesson(
                    _("Ask again, politely"),
                    [
                        advice(
                            _("The most useful sentences of any language"),
                            _("Five ways to say that one has not understood, from soft to firm."),
                        ),
                        task(
                            _("Spell your name"),
                            _("Give the letters as they are said there, and let people record it."),
                        ),
                    ],
                ),
            ],
            description=_("The same way again, a little harder."),
        ),
        Chapter(
            _("What I can do now"),
            [
                Lesson(
                    _("A talk from start to end"),
                    [
                        advice(
                            _("A new recording that uses only what was learned"),
                            _(
                                "People are proud when they notice that they understand "
                                "everything. Ask for a summary in their own language: it shows "
                                "more than a test of words."
                            ),
                        ),
                        task(
                            _("Write it down"),
                            _("A message of 40 words to the person of the recording."),
                        ),
                    ],
                )
            ],
            description=_("One talk, understood as a whole."),
        ),
    ],
)
