"""A skill of the hands or the eye, shown in six short films."""

from django.utils.translation import gettext_lazy as _

from courses.beginning.shapes import Lesson, Template, advice, heading, place, question, task
from courses.models import StructureType

FILMS = Template(
    name="six-films",
    title=_("A skill in six short films"),
    promise=_("For something that is learned by watching hands and then doing it: a knot, a cut."),
    structure=StructureType.FLAT,
    outcomes=[
        _("Say what somebody can do at the end, with a verb one can watch: “tie”, “cut”, “read”."),
        _("Say how well: “without looking”, “within two minutes”, “on wet wood”."),
        _("Say what they own afterwards: the finished piece, not the knowledge of it."),
    ],
    needs=[_("List what lies on the table before the first film, with sizes.")],
    parts=[
        Lesson(
            _("See it done"),
            [
                advice(
                    _("One minute, from start to end, without a word of theory"),
                    _(
                        "Show the whole thing once, as you would do it for yourself. Whoever sees "
                        "the end first knows in each later film where they are."
                    ),
                    _("Begin with the finished piece in the picture, not with your face."),
                    _("Keep the camera where a learner's eyes would be: over your shoulder."),
                    _("Put the film right here: a block “Video”, above this one."),
                ),
                place(
                    _(
                        "Below the film, say in two sentences what was seen and what is the one "
                        "thing people get wrong. This lesson is open to everybody: it is your "
                        "shop window."
                    )
                ),
            ],
            is_preview=True,
        ),
        Lesson(
            _("What lies on the table"),
            [
                advice(
                    _("Two minutes: every tool in the hand, and what to take instead"),
                    _(
                        "Most people who give up do so before they begin, because something is "
                        "missing. Show each thing, say what it must be able to do, and name "
                        "something from a kitchen drawer that does it too."
                    ),
                ),
                heading(_("What you need")),
                place(
                    _("List each thing with its size, and what it costs where you live."),
                    _("A thing, its size, and what does instead"),
                    _("Another"),
                    _("What is not needed, although shops sell it"),
                ),
            ],
        ),
        Lesson(
            _("The first move, slowly"),
            [
                advice(
                    _("Film the smallest part that can be practised alone"),
                    _(
                        "Say before each movement what you are about to do, and be silent while "
                        "you do it. Then once more from the other side, at half the speed."
                    ),
                ),
                task(
                    _("Ten times, then stop"),
                    _(
                        "Write what to repeat, how often, and how somebody sees by themselves "
                        "that it went right: what it looks like, sounds like, feels like."
                    ),
                ),
            ],
        ),
        Lesson(
            _("What goes wrong, and why"),
            [
                advice(
                    _("Three mistakes, each made on purpose"),
                    _(
                        "Nothing teaches as fast as a mistake one has just made oneself. Show "
                        "three, each with what one sees, what caused it, and how it is mended."
                    ),
                ),
                question(
                    _("Sample: it has come out crooked. What was it?"),
                    right=_("Write the true cause here"),
                    wrong=[
                        (
                            _("Write the cause that everybody suspects"),
                            _("Say what one would have seen if it had been that."),
                        ),
                        (
                            _("Write the cause of another mistake of this film"),
                            _("Say how the two are told apart."),
                        ),
                    ],
                    why=_("Say where in the film it can be seen."),
                ),
            ],
        ),
        Lesson(
            _("All of it, together"),
            [
                advice(
                    _("In real time, so that people can work along"),
                    _(
                        "No cuts, and a pause wherever hands need longer than yours. Say the "
                        "moments at which one stops and looks, and put them below as a list."
                    ),
                ),
                place(
                    _("The places to stop, with the minute of the film:"),
                    _("0:40, before anything is cut: check that …"),
                    _("1:30, it should look like …"),
                ),
            ],
        ),
        Lesson(
            _("Make it yours"),
            [
                advice(
                    _("The last film lets go"),
                    _(
                        "Show two variations and what changes with each. End with what to make "
                        "next week without you, and how to see that it has become a habit."
                    ),
                ),
                task(
                    _("Your own piece"),
                    _(
                        "Write what to make, from what, in how long, and three things to check "
                        "before calling it done."
                    ),
                    _("What must hold"),
                    _("What must be straight"),
                    _("What only the maker will ever see"),
                ),
            ],
        ),
    ],
)
