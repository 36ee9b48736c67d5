"""How words become terms: exactly where they can, by one clear near miss, else with suggestions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.errors import UnknownTermError
from opmatch.model.request import Understood
from opmatch.vocabulary.index import spellings
from opmatch.vocabulary.load import load
from opmatch.vocabulary.resolve import MAX_SUGGESTIONS, resolve
from opmatch.vocabulary.terms import Kind, Term

VOCABULARY = load()
EVERY_TERM: list[tuple[Kind, Term]] = [(kind, term) for kind, ts in VOCABULARY.of_kind.items() for term in ts]
EVERY_WORD: list[tuple[Kind, str, str]] = [
    (kind, word, term.id)
    for kind, term in EVERY_TERM
    for word in (term.id, *spellings(term.label), *term.synonyms)
]


def found(kind: Kind, text: str) -> tuple[str, str]:
    understood = resolve(VOCABULARY, kind, text)
    return understood.id, understood.how


def test_every_id_label_and_synonym_leads_to_its_own_term() -> None:
    wrong = [(kind, word, id_) for kind, word, id_ in EVERY_WORD if found(kind, word)[0] != id_]
    assert wrong == []


def test_every_id_is_understood_as_an_id() -> None:
    assert [term.id for kind, term in EVERY_TERM if found(kind, term.id) != (term.id, "id")] == []


@given(st.sampled_from(EVERY_WORD))
def test_case_and_separators_never_matter(entry: tuple[Kind, str, str]) -> None:
    kind, word, id_ = entry
    assert found(kind, word.upper())[0] == id_
    assert found(kind, f"  {word.replace(' ', '-')} ")[0] == id_
    assert found(kind, word.replace("-", "_").replace(" ", "_"))[0] == id_
    assert found(kind, word.replace("-", " "))[0] == id_


@given(st.sampled_from(tuple(VOCABULARY.of_kind)), st.text(max_size=40))
def test_any_text_is_understood_or_refused_with_few_suggestions(kind: Kind, text: str) -> None:
    outcome: Understood | UnknownTermError
    try:
        outcome = resolve(VOCABULARY, kind, text)
    except UnknownTermError as error:
        outcome = error
    if isinstance(outcome, Understood):
        assert outcome.asked == text.strip()
        assert outcome == resolve(VOCABULARY, kind, text)
    else:
        assert len(outcome.suggestions) <= MAX_SUGGESTIONS
        assert len(str(outcome).splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "id_", "how"),
    [
        ("ptsd", "ptsd", "id"),
        ("PTSD", "ptsd", "id"),
        ("Post-traumatic stress disorder (PTSD)", "ptsd", "label"),
        ("Self Harm", "self-harm", "id"),
        ("panic attacks", "panic", "synonym"),
        ("can't sleep", "insomnia", "synonym"),
        ("cant sleep", "insomnia", "synonym"),
        ("drinking", "alcohol", "synonym"),
        ("meth", "methamphetamine", "synonym"),
        ("GAD", "generalized-anxiety", "synonym"),
        ("MDD", "depression", "synonym"),
        ("BPD", "borderline", "synonym"),
        ("AUD", "alcohol", "synonym"),
        ("OUD", "opioid", "synonym"),
        ("SUD", "substance-use", "synonym"),
        ("ED", "eating", "synonym"),
        ("phobias", "phobia", "id"),
        ("lost someone to suicide", "suicide-loss", "synonym"),
    ],
)
def test_needs_in_everyday_words(text: str, id_: str, how: str) -> None:
    assert found("need", text) == (id_, how)


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("F43.10", "ptsd"),
        ("f4310", "ptsd"),
        ("F43.0", "acute-stress"),
        ("F43.20", "adjustment"),
        ("F43.81", "grief"),
        ("F43.9", "trauma"),
        ("F32.9", "depression"),
        ("F32.81", "pmdd"),
        ("F34.1", "persistent-depression"),
        ("F34.81", "mood"),
        ("F40.10", "social-anxiety"),
        ("F45.22", "body-dysmorphia"),
        ("F50.82", "arfid"),
        ("F50.020", "anorexia"),
        ("F53.0", "perinatal"),
        ("F53.1", "psychosis"),
        ("O90.6", "perinatal"),
        ("F10.20", "alcohol"),
        ("F11.20", "opioid"),
        ("F15.20", "stimulant"),
        ("F63.3", "hair-skin-picking"),
        ("G47.00", "insomnia"),
        ("R45.851", "suicidal-thoughts"),
        ("R45851", "suicidal-thoughts"),
        ("R45.88", "self-harm"),
        ("Z63.0", "relationship"),
        ("Z63.4", "grief"),
        ("Z91.51", "suicidal-thoughts"),
    ],
)
def test_a_code_leads_to_the_need_of_its_longest_prefix(code: str, id_: str) -> None:
    assert found("need", code) == (id_, "code")


@pytest.mark.parametrize("code", ["F99", "F65.4", "E11.9", "F05", "R45.850", "Z69.011"])
def test_a_code_of_other_care_is_refused(code: str) -> None:
    with pytest.raises(UnknownTermError):
        resolve(VOCABULARY, "need", code)


@pytest.mark.parametrize(
    ("kind", "text", "id_"),
    [
        ("need", "anxeity", "anxiety"),
        ("need", "depresion", "depression"),
        ("need", "biploar", "bipolar"),
        ("need", "scizophrenia", "schizophrenia"),
        ("need", "angre", "anger"),
        ("language", "spansh", "es"),
        ("language", "mandrin", "cmn"),
        ("population", "veterens", "veterans"),
        ("payer", "humanna", "private:humana"),
    ],
)
def test_one_clear_misspelling_is_taken_and_said_so(kind: Kind, text: str, id_: str) -> None:
    assert found(kind, text) == (id_, "spelling")


@pytest.mark.parametrize(
    ("kind", "text", "suggestions"),
    [
        ("need", "gamling", ("gambling", "gaming")),
        ("need", "angina", ()),
        ("need", "brief", ("grief",)),
        ("need", "diabetes", ()),
        ("need", "foo", ()),
        ("need", "", ()),
        ("level", "ipo", ("iop",)),
        ("approach", "emdrr", ("emdr",)),
        ("language", "klingon", ()),
    ],
)
def test_an_unclear_word_is_refused_with_what_may_be_meant(
    kind: Kind, text: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownTermError) as caught:
        resolve(VOCABULARY, kind, text)
    assert caught.value.suggestions == suggestions


def test_the_refusal_reads_as_a_question() -> None:
    with pytest.raises(UnknownTermError, match=r"^unknown need 'gamling'; did you mean gambling, gaming\?$"):
        resolve(VOCABULARY, "need", "gamling")


def test_a_very_long_text_is_refused_without_being_repeated() -> None:
    with pytest.raises(UnknownTermError) as caught:
        resolve(VOCABULARY, "need", "x" * 100_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("aetna", "private:aetna"),
        ("blue cross", "private:bcbs"),
        ("bcbs ppo", "private:bcbs"),
        ("BCBS of Illinois", "private:bcbs"),
        ("Kaiser HMO", "private:kaiser"),
        ("uhc", "private:united"),
        ("Ambetter", "private:centene"),
        ("private:aetna", "private:aetna"),
        ("private: Blue Cross", "private:bcbs"),
        ("private:Priority Health", "private:priority-health"),
        ("PRIVATE:oscar", "private:oscar"),
        ("PPO", "private"),
        ("self-pay", "self_pay"),
        ("cash", "self_pay"),
        ("sliding fee scale", "sliding_scale"),
        ("Medi-Cal", "medicaid"),
        ("Medicaid HMO", "medicaid"),
        ("aetna better health of illinois", "medicaid"),
        ("Tricare Prime", "tricare"),
    ],
)
def test_payers_by_the_name_on_the_card(text: str, id_: str) -> None:
    assert found("payer", text)[0] == id_


def test_a_plan_without_a_term_is_called_by_its_own_name() -> None:
    assert resolve(VOCABULARY, "payer", "private:Priority Health") == Understood(
        id="private:priority-health",
        label="Priority Health",
        asked="private:Priority Health",
        how="id",
    )


@pytest.mark.parametrize(("text", "suggestion"), [("private:medicaid", "medicaid"), ("private:VA", "va")])
def test_a_public_payer_is_never_taken_for_a_private_plan(text: str, suggestion: str) -> None:
    with pytest.raises(UnknownTermError) as caught:
        resolve(VOCABULARY, "payer", text)
    assert caught.value.suggestions == (suggestion,)


def test_a_private_insurers_medicare_plan_is_not_guessed() -> None:
    with pytest.raises(UnknownTermError) as caught:
        resolve(VOCABULARY, "payer", "Aetna Medicare")
    assert {"medicare", "private:aetna"} <= set(caught.value.suggestions)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Spanish", "es"),
        ("ES", "es"),
        ("spa", "es"),
        ("Español", "es"),
        ("sign language", "ase"),
        ("ASL", "ase"),
        ("ase", "ase"),
        ("no", "no"),
        ("中文", "zh"),
        ("Farsi", "fa"),
        ("Haitian Creole", "ht"),
    ],
)
def test_languages_by_name_code_and_own_name(text: str, id_: str) -> None:
    assert found("language", text)[0] == id_


def test_what_is_denied_is_not_offered_for_its_spelling() -> None:
    with pytest.raises(UnknownTermError) as raised:
        resolve(VOCABULARY, "need", "57F w/ MDD w/o psychotic sx, neg SI")
    assert raised.value.suggestions == ("depression",)
