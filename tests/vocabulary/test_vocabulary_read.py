"""What texts are taken for: codes, sentences, several needs, denials, and whose plan it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.errors import DeclinedTermError, UnknownTermError
from opmatch.vocabulary.cues import Cues
from opmatch.vocabulary.load import load
from opmatch.vocabulary.read import read
from opmatch.vocabulary.reading import Candidate
from opmatch.vocabulary.resolve import resolve, resolve_all
from opmatch.vocabulary.terms import Kind
from opmatch.vocabulary.tokens import stem, tokens

VOCABULARY = load()


def ids(kind: Kind, text: str) -> list[str]:
    return [one.id for one in resolve_all(VOCABULARY, kind, text)]


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("F33.1; F43.10", ["depression", "ptsd"]),
        ("F331 F4310", ["depression", "ptsd"]),
        ("F32-F33", ["depression"]),
        ("F10.20, F11.20 and F32.9", ["alcohol", "opioid", "depression"]),
        ("nightmares since deployment", ["ptsd"]),
        ("my daughter won't eat", ["eating"]),
        ("depressed and drinking", ["depression", "alcohol"]),
        ("depressed, no alcohol problem", ["depression"]),
        ("PTSD, denies alcohol, cannabis and opioid use", ["ptsd"]),
        ("denies ETOH, c/o anxiety", ["anxiety"]),
        ("niega consumo de alcohol, refiere ansiedad", ["anxiety"]),
        ("MDD, severe, w/o psychotic sx", ["depression"]),
        ("MDD w/out psychosis", ["depression"]),
        ("no reports of psychosis, MDD", ["depression"]),
        ("s/p suicide attempt 2019, MDD in remission", ["suicidal-thoughts", "depression"]),
        ("never goes a day without drinking", ["alcohol"]),
        ("not a day passes without panic attacks", ["panic"]),
        ("unable to sleep w/o alcohol", ["insomnia", "alcohol"]),
        ("no puede pasar un día sin tomar alcohol", ["alcohol"]),
        ("insomnia, neg SI", ["insomnia"]),
        ("MDD, neg for psychosis", ["depression"]),
        ("BPD, needs DBT", ["borderline"]),
        ("no puedo dormir", ["insomnia"]),
        ("mi hija no quiere comer", ["eating"]),
        ("lost our son to suicide", ["suicide-loss"]),
    ],
)
def test_texts_lead_to_needs_in_order_of_weight(text: str, needs: list[str]) -> None:
    assert ids("need", text) == needs


@pytest.mark.parametrize(
    ("text", "dying"),
    [
        ("I don't want to die, just sleep better", False),
        ("i never want to hurt myself, i just cant stop drinking", False),
        ("no quiero morir, solo dormir mejor", False),
        ("no quiero morirme, quiero dejar de tomar", False),
        ("I don't want to live", True),
        ("I don't want to wake up, I want to die", True),
        ("no quiero vivir", True),
        ("no quiero seguir, quiero morir", True),
    ],
)
def test_dying_that_is_not_wanted_is_no_need(text: str, dying: bool) -> None:
    candidates = read(VOCABULARY, "need", text).candidates
    assert (bool(candidates) and candidates[0].id == "suicidal-thoughts") == dying


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("payer", "tricare for life", ["tricare"]),
        ("payer", "BCBS", ["private:bcbs"]),
        ("payer", "Blue Cross PPO", ["private:bcbs"]),
        ("payer", "no insurance", ["self_pay", "sliding_scale"]),
        ("payer", "I don't have insurance", ["self_pay", "sliding_scale"]),
        ("payer", "Medi-Cal", ["medicaid"]),
        ("payer", "MassHealth", ["medicaid"]),
        ("payer", "Healthy Connections", ["medicaid"]),
        ("payer", "Aetna through my job", ["private:aetna"]),
        ("language", "ASL", ["ase"]),
        ("language", "she only speaks Spanish", ["es"]),
        ("language", "Mandarin", ["cmn"]),
        ("population", "trans teen", ["transgender", "adolescents"]),
        ("population", "vet", ["veterans"]),
        ("approach", "12 step", ["twelve-step"]),
        ("approach", "suboxone", ["buprenorphine"]),
    ],
)
def test_payers_groups_languages_and_approaches_by_peoples_words(
    kind: Kind, text: str, found: list[str]
) -> None:
    assert ids(kind, text) == found


MEDICAID_NAMES = """
AHCCCS; ARHOME; Medi-Cal; Health First Colorado; HUSKY Health; Diamond State Health Plan; DenaliCare
Med-QUEST; HealthChoice Illinois; Hoosier Healthwise; Healthy Indiana Plan; IA Health Link; KanCare
Healthy Louisiana; MaineCare; HealthChoice Maryland Medicaid; MassHealth; Healthy Michigan Plan
MississippiCAN; MO HealthNet; Healthy Montana Kids; Heritage Health; Nevada Check Up; Granite Advantage
NJ FamilyCare; Turquoise Care; NC Medicaid; SoonerCare; SoonerSelect; Oregon Health Plan; HealthChoices
RIte Care; Healthy Connections; TennCare; STAR+PLUS; Green Mountain Care; Dr. Dynasaur; Cardinal Care
Apple Health; Mountain Health Trust; BadgerCare Plus; Plan Vital; Alabama Medicaid; Wyoming Medicaid
"""


@pytest.mark.parametrize(
    "name", [one.strip() for one in MEDICAID_NAMES.replace("\n", ";").split(";") if one.strip()]
)
def test_what_states_call_medicaid_is_medicaid(name: str) -> None:
    assert "medicaid" in ids("payer", name)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("F05", "F05", "emergency"),
        ("G47.33", "G47.33", "sleep medicine"),
        ("f99", "F99", "intake assessment"),
        ("pyromania", "F63.1", "forensic"),
        ("E11.9", "E11.9", "medical service"),
    ],
)
def test_what_is_not_treated_here_says_what_to_look_for(text: str, code: str, words: str) -> None:
    reading = read(VOCABULARY, "need", text)
    assert reading.declined is not None
    assert set(reading.declined) == {"code", "label", "reason", "look_for"}
    assert reading.declined["code"] == code
    assert words in reading.declined["look_for"]
    with pytest.raises(DeclinedTermError, match=r"Look for: "):
        resolve(VOCABULARY, "need", text)


def test_an_exact_word_is_the_only_candidate() -> None:
    assert read(VOCABULARY, "need", "panic attacks").candidates == (
        Candidate(id="panic", label="Panic disorder", score=1.0, matched=("panic", "attacks")),
    )


def test_words_that_could_mean_several_needs_are_not_guessed() -> None:
    reading = read(VOCABULARY, "need", "cutting")
    unsure = read(VOCABULARY, "need", "something about work and sleep")
    assert reading.sure
    assert not unsure.sure
    with pytest.raises(UnknownTermError):
        resolve(VOCABULARY, "need", "something about work and sleep")


def test_an_insurers_medicare_plan_is_not_two_payers() -> None:
    with pytest.raises(UnknownTermError):
        resolve_all(VOCABULARY, "payer", "Aetna Medicare")


def test_what_matched_is_in_the_text() -> None:
    text = "I drink every night and I'm terrified of flying"
    for one in read(VOCABULARY, "need", text).candidates:
        assert all(word in text.replace("'", "") for word in one.matched)


@given(
    st.text(max_size=120), st.sampled_from(["need", "payer", "population", "language", "approach", "level"])
)
def test_any_text_is_read_and_the_same_way_twice(text: str, kind: Kind) -> None:
    assert read(VOCABULARY, kind, text) == read(VOCABULARY, kind, text)


SENTENCES = ["tengo depresión y ansiedad", "I can't sleep", "no enjoyment, so sad", "MDD with panic attacks"]


@given(st.sampled_from(SENTENCES), st.sampled_from(["", " ", "  ", "\n"]))
def test_space_around_and_accents_do_not_matter(text: str, space: str) -> None:
    def found(one: str) -> list[tuple[str, float]]:
        return [(each.id, each.score) for each in read(VOCABULARY, "need", one).candidates]

    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    assert found(f"{space}{bare}{space}") == found(text)


@given(
    st.sampled_from(["i feel so depressed", "panic attacks at work", "no puedo dormir", "drinking too much"])
)
def test_case_does_not_matter(text: str) -> None:
    assert ids("need", text.upper()) == ids("need", text.title()) == ids("need", text)


def test_tokens_keep_where_clauses_end_and_spell_out_contractions() -> None:
    assert [token.word for token in tokens("I can't, P.T.S.D. s/p war w/o 34F/C/O, s/he!")] == [
        *("i", "can", "not", "", "ptsd", "after", "war", "without", "34f", "c", "o", "", "s", "he", "")
    ]


@pytest.mark.parametrize(
    ("words", "tongue"),
    [
        (("drink", "drinking", "drank", "drinks"), "en"),
        (("worry", "worried", "worries", "worrying"), "en"),
        (("deprimido", "deprimida", "deprimidos"), "es"),
    ],
)
def test_inflections_share_a_stem(words: tuple[str, ...], tongue: str) -> None:
    assert len({stem(word, "es" if tongue == "es" else "en") for word in words}) == 1


@pytest.mark.parametrize("line", ["* alone", "maybe? first", "<nobody> here"])
def test_a_cue_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|group"):
        Cues("en").add("mood", 1.0, line, {})
