"""What free text raises: a stop, a notice, or nothing. No list catches everything; these it must."""

from __future__ import annotations

from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.vocabulary.grams import words_of
from opmatch.vocabulary.hearing import hearing
from opmatch.vocabulary.load import load
from opmatch.vocabulary.screen import screen

VOCABULARY = load()

ORDINARY = """
killing time until my appointment
this job is killing me
my brother's suicide
grief after my brother's suicide
grieving after a suicide in the family
suicide loss
survivor of suicide loss
lost my son to suicide
lost my dad to suicide last year and can't stop crying
my mother died by suicide in 2015
my friend committed suicide
husband killed himself
my mother attempted suicide when I was 8
my sister overdosed two years ago and died
no suicidal thoughts
denies suicidal ideation
overdosed two years ago
overdosed in 2019, now sober
my son attempted suicide two years ago
attempt in 2015
denies any current suicidal ideation
Denies SI/HI.
no history of suicide attempts
never suicidal
not suicidal
not currently suicidal
no suicidal or homicidal ideation
without suicidal ideation
non-suicidal self-injury
I walk 5 kms a day
dying to get a job
to die for
bored to death
dead tired
panic attacks, afraid of dying
I can't breathe and my heart races
can't wake up in the morning
he won't wake up for school
depression unresponsive to medication
emotionally unresponsive partner
write a goodbye letter to my addiction
I never got to say goodbye
said goodbye to my dog
he held a gun to my head in the robbery
I want to end it with my boyfriend
don't want to live with my parents
my kids are my reason to live
tired of living in a shelter
he has taken all his medications as prescribed
taken all kinds of meds
drinking too much and can't sleep
cutting
suicide prevention volunteer with burnout
opioids, wants suboxone
detox from alcohol
I want to take my life back
don't want to go on medication
no puedo dejar de pensar en el accidente
mi hijo no deja de jugar con el teléfono
no presenta ideación suicida
no refiere ideas de muerte
""".strip().splitlines()

STOPS = """
overdosed
my son just overdosed
overdosed an hour ago
took all my pills
she took all her pills
I took a whole bottle of tylenol
took too many pills
swallowed a handful of pills
I'm going to kill myself tonight
going to kill myself tonight
I'm gonna kill myself
I want to die tonight
I will end my life tonight
goodbye letter
wrote goodbye notes to my kids
suicide note
gun to my head
has a gun to his head
unresponsive
found him unresponsive
he won’t wake up
can't wake her
not breathing
suicidal with a plan
client is suicidal, has plan and means
plans to kill himself
about to jump off a bridge
noose around my neck
I'm going to end it all
I want help. I took all my pills. It is late
I overdosed two years ago and tonight took all my pills
voy a matarme
""".strip().splitlines()

NOTICES = """
suicidal
SUICIDAL THOUGHTS
want to die
I wanna die
I want to kill myself
kms
end my life
I don't want to be here anymore
i dont want to live
better off dead
everyone would be better off without me
wish I was dead
wish i could disappear
thinking about suicide
passive suicidal ideation
no reason to live
don't want to wake up
history of suicide attempt
attempted suicide last year
not sure if I want to die
I don't want to kill myself but think about it
I can't kill myself because of my kids
No, I want to die
no job, no friends, want to die
not actively suicidal but wishes she was dead
suicidal with no plan
my friend is suicidal
homicidal thoughts
quiero morir
no puedo dejar de pensar en el suicidio
mi hija no deja de pensar en el suicidio
no paro de pensar en morirme
lost my brother to suicide and now I want to die
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_raise_nothing(text: str) -> None:
    assert screen(VOCABULARY, text) is None


@pytest.mark.parametrize("text", STOPS)
def test_danger_now_stops(text: str) -> None:
    assert screen(VOCABULARY, text) == "stop"


@pytest.mark.parametrize("text", NOTICES)
def test_thoughts_of_dying_raise_the_notice(text: str) -> None:
    assert screen(VOCABULARY, text) == "notice"


def test_a_denial_for_tonight_is_heard_as_danger_all_the_same() -> None:
    assert screen(VOCABULARY, "I'm not going to kill myself tonight") is not None


def test_the_vocabularys_own_words_raise_nothing_unless_they_are_about_suicidal_thoughts() -> None:
    raised = {
        (kind, term.id)
        for kind, terms in VOCABULARY.of_kind.items()
        for term in terms
        for word in (term.id, term.label, *term.synonyms)
        if screen(VOCABULARY, word) is not None
    }
    assert raised == {("need", "suicidal-thoughts"), ("safety flag", "imminent-risk")}


@given(st.sampled_from(STOPS), st.sampled_from(ORDINARY))
def test_an_ordinary_sentence_before_or_after_hides_no_danger(danger: str, ordinary: str) -> None:
    assert screen(VOCABULARY, f"{ordinary}. {danger}.") == "stop"
    assert screen(VOCABULARY, f"{danger}\n{ordinary}") == "stop"


@given(st.text(max_size=200))
def test_any_text_is_screened_the_same_way_twice(text: str) -> None:
    assert screen(VOCABULARY, text) == screen(VOCABULARY, text)


def test_a_denial_far_away_denies_nothing() -> None:
    assert screen(VOCABULARY, "no " + "of " * 30 + "suicidal") == "notice"


def test_case_and_apostrophes_do_not_matter() -> None:
    for text in (
        "I DON'T WANT TO LIVE",
        "i don’t want to live",
        "i dont want to live",
        "i do not want to live",
    ):
        assert screen(VOCABULARY, text) == "notice"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I don't wanna", ["i", "do", "not", "want", "to"]),
        ("su1c1de", ["suicide"]),
        ("soooo sad", ["so", "sad"]),
        ("Stop. 40 pills!", ["stop", ".", "00", "pills", "!"]),
        ("jamás", ["jamas"]),
    ],
)
def test_words_are_read_as_they_are_meant(typed: str, read: list[str]) -> None:
    assert words_of(typed) == read


@pytest.mark.parametrize("text", ["sucidal", "having suicidle thoughts", "i want to dissapear forever"])
def test_a_telling_word_is_heard_though_misspelt(text: str) -> None:
    assert screen(VOCABULARY, text) == "notice"


def test_a_cry_is_heard_in_the_midst_of_a_long_letter() -> None:
    around = "We have been waiting for the insurance to answer about the evening groups in town, and " * 60
    assert screen(VOCABULARY, f"{around} I want to kill myself {around}") is not None
    assert screen(VOCABULARY, f"{around}. I took all my pills. {around}") == "stop"


@pytest.mark.parametrize(("words", "whole"), [(5, True), (61, True), (95, True), (96, False), (200, False)])
def test_a_text_is_read_again_whole_unless_it_is_too_long(
    words: int, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    class Reader:
        def odds(self, text: str) -> tuple[float, float]:
            read.append(text)
            return 0.0, 0.0

    class Weights:
        def scores(self, words: list[str]) -> tuple[float, float]:
            return hearing().danger, 0.0  # all is open

    monkeypatch.setattr("opmatch.vocabulary.second_reading.second_reader", Reader)
    monkeypatch.setattr("opmatch.vocabulary.screen.learned", lambda name: Weights())
    text = " ".join(map("".join, islice(product("bdfgklmnprst", "aeiou", "lnrst"), words)))
    screen(VOCABULARY, text)
    assert read
    assert ({*read} == {text}) is whole
    assert all(one in text for one in read)


def test_a_text_of_any_length_costs_no_more_than_its_first_words() -> None:
    for fine in ("it is fine. ", "fine."):
        assert screen(VOCABULARY, fine * 100_000 + "I took all my pills.") is None
