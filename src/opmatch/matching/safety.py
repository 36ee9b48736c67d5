"""Whether a request may be ranked at all, and what has to be said first."""

from __future__ import annotations

from opmatch.model.ranking import Notice, SafetyStop
from opmatch.model.request import Request
from opmatch.vocabulary.terms import Crisis, Need, SafetyText, Vocabulary

OPIOID_WITHDRAWAL = "opioid-withdrawal"
"""Id of the text said before programs are ranked for somebody in withdrawal from opioids alone."""

STOP_ORDER = ("imminent-risk", "medically-unstable", "needs-24h", "withdrawal-risk")
"""The flags that stop a ranking, the gravest first: one text is shown, not four."""


def safety_stop(request: Request, vocabulary: Vocabulary) -> SafetyStop | None:
    """The stop that a flag calls for; a clinician's review lifts every stop but `imminent-risk`."""
    flags = request.safety or ()
    for flag in STOP_ORDER:
        if flag not in flags:
            continue
        if flag != "imminent-risk" and request.safety_reviewed:
            continue
        if flag == "withdrawal-risk" and opioids_alone(request, vocabulary):
            continue
        text = _text(vocabulary.crisis.stops, flag)
        return SafetyStop(flag=flag, title=text.title, text=text.text)
    return None


def opioids_alone(request: Request, vocabulary: Vocabulary) -> bool:
    """Whether every substance named is an opioid. None named counts as unnamed: not opioids alone."""
    kinds = {need.withdrawal for need in _needs(request, vocabulary) if need.withdrawal}
    return kinds == {"opioid"}


def safety_notices(request: Request, vocabulary: Vocabulary) -> tuple[Notice, ...]:
    """What is said before the programs: opioid withdrawal, a clinician's review, open safety questions."""
    crisis, out = vocabulary.crisis, list[Notice]()
    flags = request.safety or ()
    if "withdrawal-risk" in flags and opioids_alone(request, vocabulary):
        text = _text(crisis.stops, OPIOID_WITHDRAWAL)
        out.append(Notice("safety", f"{text.title}. {text.text}"))
    if request.safety_reviewed and flags:
        labels = ", ".join(vocabulary.label("safety flag", flag) for flag in flags)
        out.append(Notice("safety", f"Ranked because a clinician has reviewed: {labels}."))
    if request.safety is None:
        out += [Notice("safety", text.text) for text in _questions(request, vocabulary)]
    return tuple(out)


def _questions(request: Request, vocabulary: Vocabulary) -> tuple[SafetyText, ...]:
    """The questions of the asked needs and of what they are part of, each once."""
    wanted: dict[str, None] = {}
    for need in _needs(request, vocabulary):
        chain = (need, *(vocabulary.need_by_id[id_] for id_ in vocabulary.ancestors(need.id)))
        # The nearest that asks anything speaks for the need.
        for one in chain:
            if one.ask_first:
                wanted.update(dict.fromkeys(one.ask_first))
                break
    return tuple(_text(vocabulary.crisis.questions, id_) for id_ in wanted)


def _needs(request: Request, vocabulary: Vocabulary) -> tuple[Need, ...]:
    return tuple(vocabulary.need_by_id[asked.id] for asked in request.needs)


def _text(texts: tuple[SafetyText, ...], id_: str) -> SafetyText:
    return next(text for text in texts if text.id == id_)


def crisis_notice(crisis: Crisis) -> Notice:
    """Every way to reach help now, as one notice of a line each."""
    return Notice("crisis", "\n".join(line.text for line in crisis.lines))
