"""Places and distances in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from opmatch.errors import TextError
from opmatch.intake.distance import parse_within
from opmatch.intake.place import parse_place
from opmatch.model.program import Point
from opmatch.model.request import Place
from opmatch.places.lookup import Places

PLACES = Places()
ZIPS = list(PLACES.all_zips())


@given(st.sampled_from(ZIPS), st.sampled_from(("", "-0000", "-1234", " ")))
def test_every_zip_is_read_with_or_without_four_more(digits: str, more: str) -> None:
    known = PLACES.all_zips()[digits]
    assert parse_place(digits + more, PLACES) == Place(
        text=digits, point=known.point, state=known.state, time_zone=known.time_zone, precision="zip"
    )


@pytest.mark.parametrize(
    "text",
    ["Chicago, IL", "chicago il", "Chicago, Illinois", " CHICAGO ,il ", "Chicago Illinois", "Chicago,IL"],
)
def test_a_city_is_read_with_its_state_by_code_or_name(text: str) -> None:
    assert parse_place(text, PLACES) == Place(
        text="Chicago, IL",
        point=Point(41.866, -87.6757),
        state="IL",
        time_zone="America/Chicago",
        precision="city",
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("New York New York", "New York, NY"),
        ("New York, NY", "New York, NY"),
        ("Washington DC", "Washington, DC"),
        ("D.C.", "Washington, DC"),
        ("St. Louis MO", "Saint Louis, MO"),
        ("Kansas City, Kansas", "Kansas City, KS"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("Chicago, IL 60610-1234", "60610"),
    ],
)
def test_names_of_several_words_are_told_apart(text: str, read: str) -> None:
    assert parse_place(text, PLACES).text == read


@pytest.mark.parametrize("text", ["41.9,-87.63", "41.9, -87.63", "41.9 -87.63", "+41.90,-87.630"])
def test_coordinates_have_the_state_and_zone_of_the_nearest_zip(text: str) -> None:
    assert parse_place(text, PLACES) == Place(
        text="41.9,-87.63",
        point=Point(41.9, -87.63),
        state="IL",
        time_zone="America/Chicago",
        precision="exact",
    )


def test_coordinates_far_from_the_united_states_have_no_state() -> None:
    assert parse_place("0,0", PLACES) == Place(text="0,0", point=Point(0, 0))


def refused(text: str) -> str:
    with pytest.raises(TextError) as caught:
        parse_place(text, PLACES)
    return str(caught.value)


def test_what_is_no_place_is_told_with_a_way_out() -> None:
    texts = (
        *("60600", "00000", "09012", "2134", "501", "123456", "60610-12", "", "Narnia", "Springfield"),
        *(
            "Chicgo, IL",
            "Zzzzzz, IL",
            "Chicago, XX",
            "Paris, France",
            "Chicago, WI 60610",
            "Texas",
            "New York",
        ),
        *(
            "12 Main St, Chicago, IL",
            "12 Main St Chicago IL",
            "41.9,87.63",
            "-87.63,41.9",
            "91,200",
            "nan,nan",
        ),
        "\x1b[31mred",
    )
    assert "\n".join(map(refused, texts)) == snapshot("""\
"60600" is no ZIP this program knows; nearest known: 60599 (Fox Valley, IL), 60601 (Chicago, IL)
"00000" is no ZIP this program knows; nearest known: 00501 (Holtsville, NY), 00544 (Holtsville, NY)
"09012" is military post, which has no place; give a ZIP or city near the person
"2134": a ZIP has five digits; did you mean 02134 (Allston, MA)?
"501": a ZIP has five digits; did you mean 00501 (Holtsville, NY)?
"123456": a ZIP has five digits, such as 60610 or 02134
"60610-12": a ZIP has five digits, such as 60610 or 02134
no place given; write a ZIP, City, ST or latitude,longitude
"Narnia" is no place this program knows; write a ZIP, City, ST or latitude,longitude
"Springfield": which state (AR, CO, GA, ID, IL, KY, …)? write it as Springfield, AR
"Chicgo, IL": no such city in Illinois; did you mean Chicago, IL or Chicago Hts, IL?
"Zzzzzz, IL": no such city in Illinois; check the spelling, or give a ZIP
"XX" is no state; write the city, then its state: Chicago, IL
"France" is no state; write the city, then its state: Chicago, IL
"Chicago, WI 60610": ZIP 60610 is in IL, not in WI; write a ZIP, City, ST or latitude,longitude
"Texas" is a whole state; give a ZIP or a city in it
"New York" is a whole state; give a ZIP or a city in it, or "New York, NY" for the city
write only the city and state, without the street: Chicago, IL
write only the city and state, without the street: Chicago, IL
"41.9,87.63" is in no state; did you mean 41.9,-87.63 (west of Greenwich)?
"-87.63,41.9" is in no state; did you mean 41.9,-87.63?
"91,200": latitudes run from -90 to 90 and longitudes from -180 to 180
"nan" is no state; write the city, then its state: Chicago, IL
"�[31mred" is no place this program knows; write a ZIP, City, ST or latitude,longitude\
""")


@given(st.text(max_size=80))
def test_any_text_is_a_place_or_refused_in_one_short_line(text: str) -> None:
    try:
        parse_place(text, PLACES)
    except TextError as error:
        said = str(error)
    else:
        return
    assert "\n" not in said
    assert len(said) < 200


@pytest.mark.parametrize(
    ("text", "miles"),
    [
        *(("15", 15.0), ("15mi", 15.0), ("15 miles", 15.0), ("1 mile", 1.0), ("0", 0.0), ("2.5", 2.5)),
        *((".5", 0.5), ("25km", 15.5342798), ("25 kilometers", 15.5342798), (" 10 MI ", 10.0)),
    ],
)
def test_distances_are_miles_unless_they_say_km(text: str, miles: float) -> None:
    assert parse_within(text) == pytest.approx(miles)


@pytest.mark.parametrize(
    "text", ["", "-1", "nan", "inf", "1e3", "far", "15 m", "15 furlongs", "1,5", "99999", "٣"]
)
def test_what_is_no_distance_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        parse_within(text)
