"""What free text raises: a stop, a notice, or nothing. No list catches everything; these it must."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch.vocabulary.danger import FILES, dangers
from opmatch.vocabulary.grammar import Grammar
from opmatch.vocabulary.load import load
from opmatch.vocabulary.phrases import Lines, Sentence
from opmatch.vocabulary.screen import screen
from opmatch.vocabulary.spelling import words_of

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
I'm not going to kill myself tonight
No, I want to die
no job, no friends, want to die
not actively suicidal but wishes she was dead
suicidal with no plan
my friend is suicidal
homicidal thoughts
quiero morir
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


def grammar() -> Grammar:
    made = Grammar(filler=frozenset({"just", "a"}), clause_starts=frozenset({"and"}))
    made.add("pill", ["pill", "tablet*"])
    made.add("took", ["took", "got down"])
    return made


def test_lines_take_classes_gaps_numbers_and_words_left_out() -> None:
    known = grammar()
    lines = Lines.of(
        known,
        {"one": ["<took>|had a? * <pill>", "# km", "in ####", "so ~ sad $", "stop !sign", "-!no way out"]},
    )

    def spans(text: str) -> list[tuple[int, int]]:
        return [span for _, span in lines.spans(Sentence(known, text.split()))]

    assert spans("i took a big red pill") == [(1, 6)]
    assert spans("got down tablets") == [(0, 3)]
    assert spans("took one two three four five pill") == []
    assert spans("ran 5 km in 2019") == [(1, 3), (3, 5)]
    assert spans("in 5") == []
    assert spans("so just a sad and") == [(0, 4)]
    assert spans("so sad songs") == []
    assert spans("stop sign stop here") == [(2, 3)]
    assert spans("no way out") == []
    assert spans("a way out") == [(1, 3)]


def test_near_gaps_end_at_a_comma_and_far_ones_do_not() -> None:
    known = grammar()
    near, far = (Lines.of(known, {"one": [f"took {gap} pill"]}) for gap in ("*", "**"))
    sentence = Sentence(known, ["took", "it", "the", "pill"], frozenset({1}))
    assert list(near.spans(sentence)) == []
    assert list(far.spans(sentence)) == [("one", (0, 4))]


@pytest.mark.parametrize("line", ["* alone", "maybe? *", "", "~ then", "<nobody> here"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"line|class"):
        grammar().line(line)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("I don't wanna", ["i", "do", "not", "want", "to"]),
        ("he's gonna", ["he", "is", "going", "to"]),
        ("sucidal", ["suicidal"]),
        ("su1c1de", ["suicide"]),
        ("soooo", ["so"]),
        ("stepping", ["stepping"]),
    ],
)
def test_words_are_read_as_they_are_meant(typed: str, read: list[str]) -> None:
    assert words_of(dangers()[0], typed)[0] == read


@given(st.text(alphabet=st.sampled_from("no not never ni nunca sin"), max_size=12))
def test_a_denial_is_never_made_of_a_misspelt_word(text: str) -> None:
    for danger in dangers():
        made = words_of(danger, text)[0]
        denials = danger.denials | danger.stop_denials
        assert {word for word in made if word in denials} <= set(text.split()) | {
            word for right in danger.spelled.values() for word in right
        }


@pytest.mark.parametrize("file", FILES)
def test_every_line_of_the_frames_can_be_found(file: str) -> None:
    assert not [name for name, lines in dangers()[FILES.index(file)].frames.items() if not lines.by_word]
