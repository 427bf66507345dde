"""The first weeks of somebody who is new at a school or a firm."""

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

NEWCOMERS = Template(
    name="newcomers",
    title=_("The first weeks, for newcomers"),
    promise=_("For a school, a club or a firm: what everybody new asks, answered once and well."),
    outcomes=[
        _("Name what a newcomer does alone after a day, after a week, after a month."),
        _("Name whom they ask, and what they no longer have to ask."),
    ],
    needs=[_("What somebody should bring on the first morning: papers, shoes, a number")],
    parts=[
        Chapter(
            _("The first day"),
            [
                Lesson(
                    _("Welcome"),
                    [
                        advice(
                            _("A face and a voice, one minute"),
                            _(
                                "Let somebody speak who began here within the last year. What did "
                                "they fear, and what was it like? Leave the history of the house "
                                "for the second week."
                            ),
                        ),
                        place(
                            _("Today in four lines:"),
                            _("When and where, with the door that is really open"),
                            _("Who expects you, with a picture"),
                            _("Where one eats"),
                            _("When it is over"),
                        ),
                    ],
                    is_preview=True,
                ),
                Lesson(
                    _("Keys, accounts, and whom to call"),
                    [
                        advice(
                            _("What people look for again belongs on one page"),
                            _(
                                "Names with what they can be asked, not with their titles. No "
                                "password in here: say how one gets it."
                            ),
                        ),
                        place(_("Replace this by a table: what for, whom, how to reach them.")),
                    ],
                ),
                Lesson(
                    _("What to do when something happens"),
                    [
                        advice(
                            _("The part that must be known and not only read"),
                            _(
                                "Ways out, first aid, whom to tell. Short, with a plan of the "
                                "house as a picture, and a question whose wrong answers are the "
                                "ones people really give."
                            ),
                        ),
                        question(
                            _("Sample: you smell smoke in the corridor. What is the first thing?"),
                            right=_("Write what your house has agreed on"),
                            wrong=[
                                (
                                    _("Look where it comes from"),
                                    _("Say what that costs, and who does it instead."),
                                ),
                                (
                                    _("Fetch my things"),
                                    _("Say where they are kept safe meanwhile."),
                                ),
                            ],
                            why=_("Say it in the words that hang on the wall."),
                        ),
                    ],
                ),
            ],
            description=_("Arriving, and being safe."),
        ),
        Chapter(
            _("The first week"),
            [
                Lesson(
                    _("How we work together"),
                    [
                        advice(
                            _("Write down what nobody says"),
                            _(
                                "When does one call and when write? May a door be closed? Who "
                                "decides? Ask the last three who came what surprised them: that "
                                "is the table of contents of this lesson."
                            ),
                        ),
                        heading(_("What is different here")),
                        place(_("Three habits, each with a small scene that shows it.")),
                    ],
                ),
                Lesson(
                    _("Your first own task"),
                    [
                        advice(
                            _("Small, real, and seen by somebody"),
                            _(
                                "Nothing welcomes like work that is needed. Choose something that "
                                "takes half a day, cannot break anything, and ends with a person "
                                "who says thank you."
                            ),
                        ),
                        task(
                            _("By Friday"),
                            _("Say what, with whom, and to whom it is shown."),
                        ),
                    ],
                ),
            ],
            description=_("Habits that nobody writes down, and a first task."),
        ),
        Chapter(
            _("The first month"),
            [
                Lesson(
                    _("Why we do this"),
                    [
                        advice(
                            _("Now the history, through three objects"),
                            _(
                                "Take three things that stand around in the house and tell where "
                                "they come from. People who have worked here for a month have "
                                "seen them and wondered."
                            ),
                        ),
                        place(_("A picture of each thing, and 100 words.")),
                    ],
                ),
                Lesson(
                    _("Look back, and tell us"),
                    [
                        advice(
                            _("Ask before they are used to it"),
                            _(
                                "After a month somebody still sees what is odd. Three questions, "
                                "and say who reads the answers and what was changed last time."
                            ),
                        ),
                        task(
                            _("Three answers"),
                            _("To be talked over for half an hour:"),
                            _("What took too long to find out?"),
                            _("What do you still not dare to ask?"),
                            _("What should the next one know on the first day?"),
                        ),
                    ],
                ),
            ],
            description=_("The why, and a talk."),
        ),
    ],
)
