"""Software, learned by building three things."""

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

PROJECTS = Template(
    name="projects",
    title=_("Software, by projects"),
    promise=_("For a language or a tool: three programs that run, each a little larger."),
    outcomes=[
        _("Name a program that somebody has written and can change."),
        _("Name an error message that they can read, and what they do then."),
        _("Name something they look up by themselves instead of asking."),
    ],
    needs=[_("The machine, the system and the version that you have tried it with")],
    parts=[
        Chapter(
            _("Before we build"),
            [
                Lesson(
                    _("What we build"),
                    [
                        advice(
                            _("Show the three programs running, a minute in all"),
                            _(
                                "Say for each what it does for somebody, not what it teaches. "
                                "Whoever wants the third one sits through the first."
                            ),
                        ),
                        place(
                            _("The three projects, and what is new in each:"),
                            _("The first: twenty lines, and it works"),
                            _("The second: it remembers something"),
                            _("The third: somebody else uses it"),
                        ),
                    ],
                    is_preview=True,
                ),
                Lesson(
                    _("Set it up, and see that it works"),
                    [
                        advice(
                            _("Most people are lost here, so try it on a strange machine"),
                            _(
                                "Every command in a block “Code”, each with the answer that comes "
                                "back. End with one command whose answer proves that all is well, "
                                "and a list of the three answers that mean something is missing."
                            ),
                        ),
                        heading(_("If it says something else")),
                        place(
                            _("An answer, what it means, what to do:"),
                            _("“command not found”: …"),
                            _("“permission denied”: …"),
                        ),
                    ],
                ),
            ],
            description=_("What it will be, and a machine that is ready."),
        ),
        Chapter(
            _("Project one: it runs"),
            [
                Lesson(
                    _("The smallest program that does something"),
                    [
                        advice(
                            _("Running first, understanding second"),
                            _(
                                "Give the whole program, let it run, then take it apart line by "
                                "line. Explain only what stands there."
                            ),
                        ),
                        place(_("Replace this by a block “Code” of at most twenty lines.")),
                        task(
                            _("Change one thing"),
                            _(
                                "Ask for a change that can be guessed from the code, and say what "
                                "should come out then."
                            ),
                        ),
                    ],
                ),
                Lesson(
                    _("Break it on purpose"),
                    [
                        advice(
                            _("Reading errors is half the trade"),
                            _(
                                "Take away a bracket, a letter, a line. Show each message and "
                                "point at the one word in it that helps."
                            ),
                        ),
                        question(
                            _("Sample: it says “…, line 7”. Where do you look first?"),
                            right=_("Write where the cause stands"),
                            wrong=[
                                (
                                    _("Line 7, and nowhere else"),
                                    _("Say why the line that is named is often the next one."),
                                ),
                                (
                                    _("On the web, with the whole message"),
                                    _("Say which words of it are of this machine alone."),
                                ),
                            ],
                            why=_("Show the message again, and the word that told it."),
                        ),
                    ],
                ),
            ],
            description=_("Twenty lines, changed and broken."),
        ),
        Chapter(
            _("Project two: it remembers"),
            [
                Lesson(
                    _("A plan before the code"),
                    [
                        advice(
                            _("Think aloud, with the wrong turns left in"),
                            _(
                                "Write down in plain words what should happen, as comments, and "
                                "fill them one by one. Learners see code that is finished "
                                "everywhere; they never see it being thought."
                            ),
                        ),
                        place(_("The plan: five lines, each a sentence.")),
                    ],
                ),
                Lesson(
                    _("Build it in three sittings"),
                    [
                        advice(
                            _("After each sitting it runs"),
                            _(
                                "End every lesson with a program that works and does less than "
                                "it will. Attach that state as a file (block “Downloads”), so "
                                "that nobody has to give up for a missing comma."
                            ),
                        ),
                        place(_("What it can do after the first, the second, the third sitting.")),
                    ],
                ),
            ],
            description=_("With a plan, in steps that each run."),
        ),
        Chapter(
            _("Project three: somebody else uses it"),
            [
                Lesson(
                    _("Your own, with a brief"),
                    [
                        advice(
                            _("A brief, not a recipe"),
                            _(
                                "Say what it must do, for whom, and how it will be judged. Give "
                                "three sizes, so that an evening and a week both end in something."
                            ),
                        ),
                        task(
                            _("Before you call it done"),
                            _("A list to check by oneself:"),
                            _("It runs on a machine that is not mine"),
                            _("A wrong input ends in a sentence and not in a trace"),
                            _("Somebody used it while I kept silent"),
                        ),
                    ],
                )
            ],
            description=_("A brief, three sizes, a list to check."),
        ),
    ],
)
