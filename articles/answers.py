"""A patient's questions about an option, and the answers that a technique's document gives.

Every comparison is made from these answers: the page of its own and the table inside articles.
They are made once, when the revision is made, with citations as markers of `publishing.assembly`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.content import Assessment, Certainty, TechniqueContent
from publishing.assembly import marked, marker_of
from publishing.markdown import Fragment

Fragments = Mapping[str, Fragment]
CERTAINTY = "certainty"
# Where the comparison says since when a certainty has stood: only the past of the page can tell.
SINCE = "<!--since-->"
BARS = {
    Certainty.HIGH: 4,
    Certainty.MODERATE: 3,
    Certainty.LOW: 2,
    Certainty.VERY_LOW: 1,
    Certainty.NONE_FOUND: 0,
}


class Question(NamedTuple):
    """What a patient asks about every option.

    `label` names the same datum wherever it is not asked as a question. `choice` is the field whose
    label answers in a word or two, `texts` are those that answer in sentences. What has a choice,
    and the certainty, stands in the table inside articles as well.
    """

    id: str
    question: Any
    label: Any
    texts: tuple[str, ...] = ()
    choice: str = ""


QUESTIONS = (
    Question(CERTAINTY, _("How sure are we?"), _("How sure we are")),
    Question("how", _("How does it work?"), _("How it works"), ("how_it_works",)),
    Question("where", _("Where is it done?"), _("Where"), choice="setting"),
    Question("who", _("Who does it?"), _("Who does it"), ("who_does_it",)),
    Question("sessions", _("How many sessions?"), _("Sessions"), ("sessions",)),
    Question("when", _("How long until a result?"), _("Time to result"), ("time_to_result",)),
    Question("pain", _("How much discomfort?"), _("Discomfort"), ("discomfort",)),
    Question("healing", _("How much healing time?"), _("Healing time"), ("downtime",)),
    Question("benefits", _("What are the benefits?"), _("Benefits"), ("benefits",)),
    Question("risks", _("What are the risks?"), _("Risks"), ("common_risks", "serious_risks")),
    Question("darker-skin", _("On darker skin?"), _("On darker skin"), ("darker_skin",)),
    Question("eye", _("Near the eye?"), _("Near the eye"), ("near_eye_note",), "near_eye"),
    Question("pregnancy", _("In pregnancy?"), _("In pregnancy"), ("pregnancy_note",), "pregnancy"),
    Question("cost", _("What does it cost?"), _("Cost"), choice="cost_band"),
    Question("not-for", _("Who is it not for?"), _("Not for"), ("not_for",)),
    Question("unknowns", _("What don’t we know?"), _("What we don’t know"), ("unknowns",)),
)
LABELS = {each.id: each.label for each in QUESTIONS}
BRIEF = tuple(each for each in QUESTIONS if each.choice or each.id == CERTAINTY)
PART_LABELS = {"common_risks": _("Common:"), "serious_risks": _("Serious:")}
# What an article says of each option in folds, after the verdict, the certainty and how it works.
FOLDS = (
    (_("What to expect"), ("who", "where", "sessions", "pain", "healing", "when")),
    (
        _("Benefits and risks"),
        ("benefits", "risks", "darker-skin", "eye", "pregnancy", "not-for"),
    ),
    (_("Cost, and what we don’t know"), ("cost", "unknowns")),
)


class Fact(NamedTuple):
    """One labelled answer."""

    label: str
    html: SafeString


class Fold(NamedTuple):
    """Facts under a common title."""

    title: str
    facts: list[Fact]


class Chip(NamedTuple):
    """The certainty of the evidence in words and in bars, never in colour alone."""

    label: str
    bars: int
    sentence: str


def chip(assessment: Assessment) -> Chip:
    """An assessment as it is shown."""
    certainty = assessment.certainty
    return Chip(str(certainty.label), BARS[certainty], assessment.sentence)


def answers_of(content: TechniqueContent, fragments: Fragments) -> Iterator[tuple[str, SafeString]]:
    """The questions that the document answers, each with the answer."""
    for question in QUESTIONS:
        texts = list(_texts(question.texts, fragments))
        choice = question.choice and _choice(question, content)
        if texts or choice:
            context = {"choice": choice, "texts": texts}
            yield question.id, render_to_string("articles/_answer.html", context)


def comparison_parts(
    content: TechniqueContent, fragments: Fragments, answers: Mapping[str, str]
) -> dict[str, Any]:
    """The answers by question; the plain values to choose and sort by; certainty by condition."""
    assessments = {each.condition: each for each in content.assessments}
    return {
        "answers": answers,
        "choices": {
            each.id: getattr(content, each.choice).value for each in QUESTIONS if each.choice
        },
        "certainty": {slug: each.certainty.value for slug, each in assessments.items()},
        "why": {
            each.condition: _why(each, fragments.get(f"assessments.{number}"))
            for number, each in enumerate(content.assessments)
        },
    }


def folds(answers: Mapping[str, SafeString]) -> list[Fold]:
    """The answers that stand in folds of an article; a fold without any is left out."""
    found = [
        Fold(
            str(title),
            [Fact(str(LABELS[id_]), answers[id_]) for id_ in ids if id_ in answers],
        )
        for title, ids in FOLDS
    ]
    return [each for each in found if each.facts]


def row(content: TechniqueContent) -> str:
    """A technique's row in the table inside articles, with a place for the chip."""
    answers = [(each.label, _choice(each, content)) for each in BRIEF if each.choice]
    context = {"content": content, "certainty": BRIEF[0].label, "answers": answers}
    return render_to_string("articles/_comparison_row.html", context)


def opening_chip(assessment: Assessment) -> str:
    """The chip of the table inside articles, whose section about the technique says the rest."""
    return _opened(assessment, {"in_full": False})


def basis(assessment: Assessment, fragment: Fragment | None) -> dict[str, Any]:
    """What an assessment rests on, and the references that the text does not cite itself."""
    cited = {item.key for cluster in (fragment.clusters if fragment else ()) for item in cluster}
    return {
        "basis": marked(fragment),
        "citation": marker_of(key for key in assessment.references if key not in cited),
    }


def _why(assessment: Assessment, fragment: Fragment | None) -> str:
    """The chip of the comparison's own page, with what it rests on."""
    return _opened(assessment, {"in_full": True, **basis(assessment, fragment)})


def _opened(assessment: Assessment, more: Mapping[str, Any]) -> str:
    sources = _sources(len(assessment.references))
    context = {"chip": chip(assessment), "sources": sources, **more}
    return render_to_string("articles/_chip_opens.html", context).strip()


def _sources(number: int) -> str:
    """How many sources an assessment names. What kind of studies they are is not known."""
    return ngettext("%(number)s source", "%(number)s sources", number) % {"number": number}


def _texts(names: Iterable[str], fragments: Fragments) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in fragments:
            yield str(PART_LABELS.get(name, "")), marked(fragments[name])


def _choice(question: Question, content: TechniqueContent) -> str:
    return str(getattr(content, question.choice).label)
