"""Open edX activities that come along in another form: polls, essays, annotated texts, pools."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.exchange.neutral import Attachment, Embed, ImportedComponent, Note
from courses.exchange.words import escape, load_json, paragraph, plain_text
from courses.exchange.xml import copy_without, inner_html, parse_html, text_of

from .links import Links, web_address
from .markup import read_markup


def read_poll(component: ImportedComponent, element: Element, links: Links) -> None:
    """A poll: its question stays as something to think about."""
    question = plain_text(element.get("question") or "") or component.title
    answers = _labels(element.get("answers")) or [text_of(node) for node in element.iter("answer")]
    if not question or not answers:
        component.leave_out(_("it is empty"))
        return
    component.pieces = [_exercise(question, _list(answers) + _afterwards(element))]
    component.degrade(_("a poll became a question to think about; no votes are counted"))


def read_survey(component: ImportedComponent, element: Element, links: Links) -> None:
    questions = _labels(element.get("questions"))
    answers = _labels(element.get("answers"))
    if not questions:
        component.leave_out(_("it is empty"))
        return
    ending = paragraph(" · ".join(answers)) if answers else ""
    title = component.title or _("Survey")
    component.pieces = [_exercise(title, _list(questions) + ending + _afterwards(element))]
    component.degrade(_("a survey became questions to think about; no answers are kept"))


def read_open_assessment(component: ImportedComponent, element: Element, links: Links) -> None:
    """An essay: its prompts and criteria stay, handing in and assessing do not."""
    prompts = [
        node.findtext("description") or ""
        for node in element.iter("prompt")
        if node.find("description") is not None
    ]
    if not prompts:
        prompts = [node.text or "" for node in element.findall("prompt")]
    prompts += [node.text or "" for node in element.findall("rubric/prompt")]
    html_prompts = element.get("prompts_type") == "html"
    for prompt in filter(str.strip, prompts):
        markup = read_markup(prompt if html_prompts else _paragraphs(prompt), links)
        component.pieces += markup.pieces
        for reason in markup.reasons:
            component.degrade(reason)
    if not component.pieces:
        component.leave_out(_("it is empty"))
        return
    criteria = "".join(map(_criterion, element.iter("criterion")))
    advice = _("Write your answer down, then look at it with these questions in mind.")
    if criteria:
        closing = _words_of(element.find("rubric/feedbackprompt"))
        opening = _words_of(element.find("rubric/feedback_default_text"))
        told = f"{paragraph(advice)}<ul>{criteria}</ul>"
        told += "".join(paragraph(words) for words in (closing, opening) if words)
        component.pieces.append(_exercise(_("For your own answer"), told))
    component.degrade(_("an answer can be written but not handed in or assessed here"))


def _criterion(criterion: Element) -> str:
    """A criterion as an item: what it asks, and what each grade of it means."""
    name = _words_of(criterion.find("label")) or _words_of(criterion.find("name"))
    asked = _words_of(criterion.find("prompt"))
    grades = []
    for option in criterion.iter("option"):
        grade = _words_of(option.find("label")) or _words_of(option.find("name"))
        meaning = _words_of(option.find("explanation"))
        if grade or meaning:
            grades.append(": ".join(filter(None, [grade, meaning])))
    named = [f"<b>{escape(name)}</b>"] if name and (asked or grades) else []
    words = ": ".join([*named, *filter(None, [escape(asked)])])
    return f"<li>{words}{_list(grades) if grades else ''}</li>" if words else ""


def _words_of(element: Element | None) -> str:
    return "" if element is None else plain_text(text_of(element))


def read_annotatable(component: ImportedComponent, element: Element, links: Links) -> None:
    """An annotated text: the remarks follow it as a list."""
    bare = copy_without(element, {"instructions"})
    remarks = [
        f"<b>{escape(node.get('title') or text_of(node))}</b>: {escape(node.get('body'))}"
        for node in bare.iter("annotation")
        if node.get("body")
    ]
    instructions = "".join(map(inner_html, element.iter("instructions")))
    markup = read_markup(instructions + inner_html(bare), links)
    if not markup.pieces:
        component.leave_out(_("it is empty"))
        return
    component.pieces = markup.pieces
    if remarks:
        items = "".join(f"<li>{remark}</li>" for remark in remarks)
        component.pieces.append(Note(f"<ul>{items}</ul>", _("Remarks on the text")))
    component.degrade(_("remarks on the text follow it as a list"))
    for reason in markup.reasons:
        component.degrade(reason)


def read_google_document(component: ImportedComponent, element: Element, links: Links) -> None:
    frames = list(parse_html(element.get("embed_code") or "").iter("iframe", "a", "img"))
    address = next((frame.get("src") or frame.get("href") for frame in frames), "")
    _link(component, address, _("Google document"))


def read_google_calendar(component: ImportedComponent, element: Element, links: Links) -> None:
    calendar = element.get("calendar_id") or ""
    address = f"https://calendar.google.com/calendar/embed?src={calendar}" if calendar else ""
    _link(component, address, _("Google calendar"))


def read_pdf(component: ImportedComponent, element: Element, links: Links) -> None:
    address = element.get("url") or ""
    entry = links.assets.find(address)
    if entry:
        component.pieces = [Attachment(entry, component.title or _("PDF"))]
    else:
        _link(component, address, _("PDF"))


def read_conditional(component: ImportedComponent, element: Element, links: Links) -> None:
    told = _(
        "The original course showed the next part only to some learners, depending on "
        "what they had done before."
    )
    title = pgettext("title of a note", "Shown to everybody")
    component.pieces = [Note(paragraph(told), title)]
    component.degrade(_("what it showed on a condition is shown to everybody"))


def read_split_test(component: ImportedComponent, element: Element, links: Links) -> None:
    count = len(element)
    told = ngettext(
        "The original course showed each learner one of %(number)d version. "
        "They follow as lessons of their own.",
        "The original course showed each learner one of %(number)d versions. "
        "They follow as lessons of their own.",
        count,
    )
    title = pgettext("title of a note", "One lesson in several versions")
    component.pieces = [Note(paragraph(told % {"number": count}), title)]
    component.degrade(_("each of its versions became a lesson, shown to everybody"))


def read_pool(component: ImportedComponent, element: Element, links: Links) -> None:
    component.degrade(_("everything in it is shown, not a random choice of it"))


def read_wrapper(component: ImportedComponent, element: Element, links: Links) -> None:
    """Nothing of its own: what it holds follows."""


def _link(component: ImportedComponent, address: str | None, kind: str) -> None:
    address = web_address(address or "")
    if not address or not address.startswith(("http:", "https:")):
        component.leave_out(_("the address of the %(kind)s is missing") % {"kind": kind})
        return
    component.pieces = [Embed(address, component.title or kind)]
    # Translators: “a Google calendar set into the page”, “a PDF set into the page”.
    component.degrade(_("a %(kind)s set into the page became a link") % {"kind": kind})


def _labels(value: str | None) -> list[str]:
    """The labels in Open edX's JSON of answers: [["R", {"label": "Red"}], ["Y", "Yes"]]."""
    listed = load_json(value)
    pairs = (
        [pair for pair in listed if isinstance(pair, list) and len(pair) == 2]
        if isinstance(listed, list)
        else []
    )
    labels = [
        part.get("label") or part.get("img_alt") if isinstance(part, dict) else part
        for _value, part in pairs
    ]
    return [plain_text(str(label)) for label in labels if label and plain_text(str(label))]


def _exercise(title: str, html: str) -> Note:
    return Note(html, title, tone="exercise")


def _afterwards(element: Element) -> str:
    """What was read after answering."""
    read = plain_text(element.get("feedback") or "")
    return paragraph(read) if read else ""


def _list(items: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def _paragraphs(text: str) -> str:
    return "".join(map(paragraph, text.split("\n\n")))
