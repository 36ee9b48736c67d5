"""What the shipped vocabulary holds: every reference leads somewhere and no word leads to two places."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from opmatch.model.request import SAFETY_FLAGS
from opmatch.vocabulary.codes import Declined, place_code
from opmatch.vocabulary.index import key, texts
from opmatch.vocabulary.load import load, load_crisis
from opmatch.vocabulary.terms import Kind

VOCABULARY = load()
NEEDS = VOCABULARY.needs
ICD10CM = Path(__file__).resolve().parents[3] / "shared" / "data" / "icd10cm" / "icd10cm_2026apr_terms.csv"

# Ids are written in catalogs and requests everywhere: none is ever renamed.
HIERARCHY = """\
mood
  depression
    persistent-depression
    pmdd
  bipolar
  perinatal
anxiety
  generalized-anxiety
  panic
  social-anxiety
  phobia
  health-anxiety
  separation-anxiety
stress
trauma
  ptsd
  complex-trauma
  acute-stress
  abuse-survivor
  dissociation
ocd-related
  ocd
  body-dysmorphia
  hoarding
  hair-skin-picking
psychosis
  schizophrenia
  schizoaffective
  first-episode-psychosis
eating
  anorexia
  bulimia
  binge-eating
  arfid
neurodevelopmental
  adhd
  autism
  intellectual-disability
  tics
personality
  borderline
grief
  suicide-loss
adjustment
anger
self-harm
suicidal-thoughts
sleep
  insomnia
  nightmares
family
relationship
  parenting
child-behavior
somatic
gender-identity
sexual-health
cognitive
  dementia
  tbi
serious-mental-illness
emotional-disturbance
co-occurring
substance-use
  alcohol
  opioid
  cannabis
  stimulant
    cocaine
    methamphetamine
  sedative
  nicotine
  hallucinogen
  inhalant
gambling
gaming"""

COMMON_IN_MENTAL_HEALTH = {
    "mood",
    "depression",
    "anxiety",
    "generalized-anxiety",
    "panic",
    "social-anxiety",
    "stress",
    "adjustment",
    "grief",
    "relationship",
    "family",
    "anger",
}
STOP_IDS = {
    "imminent-risk",
    "needs-24h",
    "medically-unstable",
    "withdrawal-risk",
    "opioid-withdrawal",
}


def codes() -> list[str]:
    if not ICD10CM.exists():
        if os.environ.get("OPMATCH_REQUIRE_DATA"):
            pytest.fail(f"{ICD10CM} is missing")
        pytest.skip("the ICD-10-CM terms are not beside this checkout")
    with ICD10CM.open(encoding="utf-8", newline="") as file:
        return sorted({row["code"] for row in csv.DictReader(file)})


@pytest.mark.parametrize("kind", VOCABULARY.of_kind)
def test_ids_are_unique_within_a_kind(kind: Kind) -> None:
    ids = [term.id for term in VOCABULARY.of_kind[kind]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", VOCABULARY.of_kind)
def test_no_word_leads_to_two_terms_of_a_kind(kind: Kind) -> None:
    leads: dict[str, set[str]] = defaultdict(set)
    for term in VOCABULARY.of_kind[kind]:
        for how in ("id", "label", "synonym"):
            for text in texts((term.id, term.label, term.synonyms), how):
                leads[key(text)].add(term.id)
    assert {word: ids for word, ids in leads.items() if len(ids) > 1 or not word} == {}


@pytest.mark.parametrize("kind", VOCABULARY.of_kind)
def test_a_broader_term_is_another_term_of_the_same_kind(kind: Kind) -> None:
    ids = {term.id for term in VOCABULARY.of_kind[kind]}
    kinds = {term.id: term.broader for term in VOCABULARY.of_kind[kind] if term.broader}
    assert [id_ for id_, broader in kinds.items() if broader not in ids - {id_} or broader in kinds] == []


def test_drugs_for_opioid_use_are_kinds_of_it_but_naltrexone_may_be_for_alcohol() -> None:
    kinds = {term.id: term.broader for term in VOCABULARY.approaches}
    assert (kinds["methadone"], kinds["buprenorphine"], kinds["naltrexone"]) == ("moud", "moud", "")


def test_the_hierarchy_of_needs() -> None:
    tree = [f"{'  ' * len(VOCABULARY.ancestors(need.id))}{need.id}" for need in NEEDS]
    assert "\n".join(tree) == HIERARCHY


def test_synonyms_are_written_in_lower_case() -> None:
    terms = [term for kind in VOCABULARY.of_kind.values() for term in kind]
    assert [s for term in terms for s in term.synonyms if s != s.lower() or s != s.strip()] == []


def test_broader_needs_come_first_and_exist() -> None:
    seen: set[str] = set()
    for need in NEEDS:
        assert need.parent is None or need.parent in seen, need.id
        seen.add(need.id)


def test_a_narrower_need_is_treated_in_a_field_of_its_broader_need() -> None:
    for need in NEEDS:
        if need.parent is not None:
            assert set(need.fields) & set(VOCABULARY.need_by_id[need.parent].fields), need.id


def test_the_needs_that_any_general_program_treats() -> None:
    common = {
        field: {n.id for n in NEEDS if field in n.common} for field in ("mental-health", "substance-use")
    }
    assert common == {
        "mental-health": COMMON_IN_MENTAL_HEALTH,
        "substance-use": {"substance-use", "alcohol"},
    }


def test_common_fields_are_fields_of_the_need() -> None:
    assert [need.id for need in NEEDS if not set(need.common) <= set(need.fields)] == []


def test_first_line_treatments_are_approaches_with_a_citation_and_an_age_range() -> None:
    approaches = {term.id for term in VOCABULARY.approaches}
    for need in NEEDS:
        for first in need.first_line:
            assert first.approach in approaches, (need.id, first.approach)
            assert any(year in first.source for year in ("(20", "2020", "2016")), first.source
            assert 0 <= first.min_age <= first.max_age


def test_first_line_treatments_that_guidelines_put_first() -> None:
    def first(need: str, age: int) -> set[str]:
        lines = VOCABULARY.need_by_id[need].first_line
        return {line.approach for line in lines if line.min_age <= age <= line.max_age}

    assert first("ptsd", 40) == {"pe", "cpt", "emdr"}
    assert first("ptsd", 12) == {"tf-cbt"}
    assert first("ocd", 30) == first("ocd", 12) == {"erp"}
    assert {"dbt", "mbt"} <= first("borderline", 25)
    assert first("anorexia", 15) == {"fbt"}
    assert {"moud", "methadone", "buprenorphine"} <= first("opioid", 30)
    assert "methadone" not in first("opioid", 16)
    assert "contingency-management" in first("methamphetamine", 30)
    assert first("insomnia", 50) == {"cbt-i"}
    assert first("first-episode-psychosis", 19) == {"csc"}
    assert first("child-behavior", 6) == {"parent-training"}


def test_safety_questions_asked_first_exist() -> None:
    questions = {question.id for question in VOCABULARY.crisis.questions}
    assert {asked for need in NEEDS for asked in need.ask_first} == questions


def test_every_eating_disorder_asks_for_a_medical_check_and_every_psychosis_for_round_the_clock_need() -> (
    None
):
    for need in NEEDS:
        family = {need.id, *VOCABULARY.ancestors(need.id)}
        if "eating" in family:
            assert "eating-medical" in need.ask_first
        if family & {"psychosis", "bipolar"}:
            assert "round-the-clock" in need.ask_first


def test_withdrawal_stops_for_alcohol_sedatives_and_an_unnamed_substance_but_not_for_opioids() -> None:
    stops = {need.id: need.withdrawal for need in NEEDS if need.withdrawal}
    assert stops == {
        "co-occurring": "stop",
        "substance-use": "stop",
        "alcohol": "stop",
        "sedative": "stop",
        "opioid": "opioid",
    }


def test_code_prefixes_belong_to_one_need_and_are_written_with_their_dot() -> None:
    prefixes = [prefix for need in NEEDS for prefix in need.icd10cm]
    assert len(prefixes) == len(set(prefixes))
    assert [p for p in prefixes if len(p) > 3 and p[3] != "."] == []


def test_code_prefixes_are_codes_of_the_classification() -> None:
    known = set(codes())
    chapters = {code[:3] for code in known}
    prefixes = [prefix for need in NEEDS for prefix in need.icd10cm if prefix[:3] in chapters]
    assert len(prefixes) > 100
    assert [prefix for prefix in prefixes if prefix not in known] == []


def test_every_chapter_f_code_is_a_need_or_declined_by_name() -> None:
    placed = {code: place_code(VOCABULARY, code) for code in codes() if code[0] == "F"}
    unnamed = [
        c for c, one in placed.items() if isinstance(one, Declined) and one.label.startswith("a code for")
    ]
    assert unnamed == []
    declined = {code[:3] for code, one in placed.items() if isinstance(one, Declined)}
    assert sorted(declined) == [
        *("F05", "F06", "F07", "F09", "F48", "F55", "F59", "F63", "F65", "F66", "F68", "F69", "F98", "F99")
    ]


def test_payer_truths_come_with_their_source() -> None:
    notes = {term.id: (term.note, term.source) for term in VOCABULARY.payers if term.note}
    assert all(notes[id_][1] for id_ in ("medicaid", "medicare", "tricare", "va", "self_pay"))
    assert "state" in notes["medicaid"][0]
    assert "42 CFR 447.15" in notes["medicaid"][1]
    assert "authorized" in notes["va"][0]
    assert "2024-01-01" in notes["medicare"][0]


def test_levels_and_safety_flags_are_those_of_the_request() -> None:
    assert [term.id for term in VOCABULARY.levels] == ["op", "iop", "php"]
    assert tuple(term.id for term in VOCABULARY.safety_flags) == SAFETY_FLAGS
    assert [term.id for term in VOCABULARY.genders] == ["female", "male", "nonbinary"]


def test_crisis_lines_name_every_way_to_reach_help() -> None:
    crisis = load_crisis()
    text = " ".join(line.text for line in crisis.lines)
    assert crisis.country == "United States"
    assert crisis.reviewed.isoformat() >= "2026-11-01"
    for part in ("988", "988lifeline.org", "AYUDA", "press 2", "press 1", "838255", "videophone", "911"):
        assert part in text
    assert "1-800-662-4357 (treatment referral, not a crisis line)" in text


def test_every_stop_has_a_text_of_its_own() -> None:
    stops = VOCABULARY.crisis.stops
    assert {stop.id for stop in stops} == STOP_IDS
    assert len({stop.text for stop in stops}) == len({stop.title for stop in stops}) == len(stops)
    texts_by_id = {stop.id: stop.text for stop in stops}
    assert "911" in texts_by_id["imminent-risk"]
    assert "988" in texts_by_id["imminent-risk"]
    for part in ("seizure", "confusion", "hallucinations", "911"):
        assert part in texts_by_id["withdrawal-risk"]
    for part in ("naloxone", "can usually start the same or next day", "breathing"):
        assert part in texts_by_id["opioid-withdrawal"]


def test_loading_twice_reads_once() -> None:
    assert load() is load()
    assert load().crisis == load_crisis()
    assert load_crisis() is load_crisis()
