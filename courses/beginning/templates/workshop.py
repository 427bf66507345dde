"""An afternoon's workshop that is followed along, with something finished at its end."""

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

WORKSHOP = Template(
    name="workshop",
    title=_("A workshop to follow along"),
    promise=_("For an afternoon that ends with a thing made: bread, a shelf, a printed page."),
    outcomes=[
        _("Name the thing that stands on the table at the end."),
        _("Name the one decision that somebody can make alone the second time."),
    ],
    needs=[
        _("What to buy, for one person, with amounts that shops sell"),
        _("How much room, time and noise it takes"),
    ],
    parts=[
        Chapter(
            _("The day before"),
            [
                Lesson(
                    _("What we make"),
                    [
                        advice(
                            _("Show it finished, from three sides, and one that failed"),
                            _(
                                "People join a workshop for the thing. Say in one minute what it "
                                "is, how long it takes in all, and how much of that is waiting."
                            ),
                        ),
                        place(
                            _("The afternoon at a glance:"),
                            _("20 minutes: prepare"),
                            _("40 minutes: first half, then a rest in which nothing happens"),
                            _("60 minutes: second half"),
                        ),
                    ],
                    is_preview=True,
                ),
                Lesson(
                    _("Shopping and laying out"),
                    [
                        advice(
                            _("A list to take along, and a picture of the table"),
                            _(
                                "Add the list as a PDF (block “Downloads”): it is read in a shop, "
                                "on a small screen, with cold fingers. Photograph the table from "
                                "above with everything on it."
                            ),
                        ),
                        place(
                            _("What has to be done the evening before, and what happens if not.")
                        ),
                    ],
                ),
            ],
            description=_("What it will be, and everything that must be there."),
        ),
        Chapter(
            _("First half"),
            [
                Lesson(
                    _("Step one"),
                    [
                        advice(
                            _("One step, one lesson, one picture of how it should look now"),
                            _(
                                "Somebody with flour on their hands scrolls with an elbow. Short "
                                "paragraphs, the amount in bold, the check at the end."
                            ),
                        ),
                        heading(_("Do this")),
                        place(
                            _("Three to five sentences that each begin with a verb."),
                            _("Take …"),
                            _("Turn it until …"),
                            _("Leave it for … minutes"),
                        ),
                        heading(_("It is right when")),
                        place(_("What one sees, hears or feels. Not the time alone.")),
                    ],
                ),
                Lesson(
                    _("Step two"),
                    [
                        advice(
                            _("Say what can wait and what cannot"),
                            _(
                                "Mark the one moment at which nobody may leave the room. A "
                                "callout “Warning” is for that, and for nothing else."
                            ),
                        ),
                        place(_("The step, written as the one before.")),
                    ],
                ),
                Lesson(
                    _("While it rests"),
                    [
                        advice(
                            _("The pause is for the why"),
                            _(
                                "This is the only place for theory: five minutes on what happens "
                                "in there right now, and what would change with less heat, more "
                                "glue, another wood."
                            ),
                        ),
                        question(
                            _("Sample: it has not risen after an hour. What do you do?"),
                            right=_("Write what you would do"),
                            wrong=[
                                (
                                    _("Write what an impatient person would do"),
                                    _("Say what that does to the thing, and whether it is lost."),
                                )
                            ],
                            why=_("Say how you tell the cause by looking."),
                        ),
                    ],
                ),
            ],
            description=_("Up to the rest in the middle."),
        ),
        Chapter(
            _("Second half"),
            [
                Lesson(
                    _("Step three"),
                    [
                        advice(
                            _("Film only what words cannot say"),
                            _(
                                "Twenty seconds of hands, without sound, beat a page. Everything "
                                "else is quicker to read while one works."
                            ),
                        ),
                        place(_("The step, written as the others.")),
                    ],
                ),
                Lesson(
                    _("Finished, and what now"),
                    [
                        advice(
                            _("Let people judge their own"),
                            _(
                                "Show three results, from good to failed, and what each tells. "
                                "Then how it is kept, cleaned or eaten, and until when."
                            ),
                        ),
                        task(
                            _("The second time, without this page"),
                            _(
                                "Give the whole workshop as a card of eight lines. Ask for it to "
                                "be done from the card alone within two weeks."
                            ),
                        ),
                    ],
                ),
            ],
            description=_("To the end, and to the second time."),
        ),
    ],
)
