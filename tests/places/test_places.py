"""The shipped table: current, complete, and found by every question."""

from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opmatch import shipped
from opmatch.model.program import Point
from opmatch.places.distance import MILES_PER_KM, cell_centre, miles_between
from opmatch.places.lookup import CityPlace, Places, ZipPlace
from opmatch.places.names import STATES, city_key, state_code
from scripts import script

PLACES = Places()
ZIPS = list(PLACES.all_zips())
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
POINTS = st.builds(Point, LATITUDES, LONGITUDES)


def build_places() -> ModuleType:
    return script("tools/build_places.py")


@pytest.mark.long
def test_the_shipped_files_are_what_the_source_package_gives() -> None:
    pytest.importorskip("zipcodes", reason="the source of the table is installed for development only")
    for name, content in build_places().files().items():
        assert shipped.path(f"places/data/{name}").read_bytes() == content, "run tools/build_places.py"


@given(st.sampled_from(ZIPS))
def test_every_zip_is_found_leading_zeros_and_all(digits: str) -> None:
    assert PLACES.zip(digits) == PLACES.all_zips()[digits]


def test_the_first_and_last_line_of_each_file_are_found() -> None:
    assert [PLACES.zip(ZIPS[0]), PLACES.zip(ZIPS[-1])] == [PLACES.all_zips()[z] for z in (ZIPS[0], ZIPS[-1])]
    lines = shipped.path("places/data/cities.txt").read_text(encoding="utf-8").splitlines()
    for line in (lines[0], lines[-1], *lines[::997]):
        _key, state, city, *_rest = line.split("|")
        found = PLACES.city(city, state)
        assert found is not None
        assert (found.city, found.state) == (city, state)


@given(st.text("0123456789", min_size=5, max_size=5))
def test_five_digits_are_found_exactly_when_they_are_in_the_table(digits: str) -> None:
    assert PLACES.zip(digits) == PLACES.all_zips().get(digits)


@pytest.mark.parametrize("text", ["", "6061", "606100", "6061O", "٦٠٦١٠", "60610\n", "6061|"])
def test_what_is_no_zip_is_none(text: str) -> None:
    assert PLACES.zip(text) is None


def test_a_zip_has_a_point_a_state_a_city_and_a_zone() -> None:
    assert PLACES.zip("02134") == ZipPlace(
        "02134", Point(42.3535, -71.1329), "MA", "Allston", "America/New_York"
    )


def test_every_place_lies_in_its_part_of_the_world_with_a_zone_that_exists() -> None:
    from zoneinfo import available_timezones

    known = available_timezones()
    for place in PLACES.all_zips().values():
        assert place.state in STATES
        assert place.time_zone in known
        assert -15 < place.point.latitude < 72
        assert place.point.longitude < -64 or place.point.longitude > 130
    assert {place.state for place in PLACES.all_zips().values()} == set(STATES)


@pytest.mark.parametrize("digits", ["09012", "34001", "96201", "09905", "56901", "88888"])
def test_addresses_that_are_no_places_are_left_out(digits: str) -> None:
    assert PLACES.zip(digits) is None


def test_zones_and_points_that_the_source_has_wrong_are_mended() -> None:
    def at(digits: str) -> tuple[Point, str]:
        place = PLACES.all_zips()[digits]
        return place.point, place.time_zone

    assert at("99634")[1] == "America/Anchorage"  # given as "Napakiak"
    assert at("96960") == (Point(7.0897, 171.3803), "Pacific/Majuro")  # given in the western hemisphere
    assert miles_between(at("77352")[0], Point(30.711, -94.933)) < 15  # Livingston, Texas, given as 0,0


@pytest.mark.parametrize(
    ("name", "state", "city"),
    [
        ("Chicago", "IL", "Chicago"),
        ("chicago", "illinois", "Chicago"),
        ("ST. LOUIS", "mo", "Saint Louis"),
        ("Saint Louis", "Missouri", "Saint Louis"),
        ("O'Fallon", "MO", "O Fallon"),
        ("Winston-Salem", "NC", "Winston-Salem"),
        ("La Cañada Flintridge", "CA", "La Canada Flintridge"),
        ("Ft. Worth", "TX", "Fort Worth"),
        ("Washington", "D.C.", "Washington"),
        ("San Juan", "Puerto Rico", "San Juan"),
    ],
)
def test_cities_are_found_however_they_are_spelled(name: str, state: str, city: str) -> None:
    found = PLACES.city(name, state)
    assert found is not None
    assert city_key(found.city) == city_key(city)


def test_a_city_lies_at_the_mean_of_its_street_zips() -> None:
    assert PLACES.city("Allston", "MA") == CityPlace(
        "Allston", "MA", Point(42.3535, -71.1329), "America/New_York"
    )


@pytest.mark.parametrize(
    ("name", "state"), [("", "IL"), ("Chicago", "XX"), ("Chicago", ""), ("Nowhere", "IL")]
)
def test_no_such_city_is_none(name: str, state: str) -> None:
    assert PLACES.city(name, state) is None


def test_misspelled_cities_get_suggestions_from_their_state() -> None:
    assert PLACES.city_suggestions("Chicgo", "IL")[0] == "Chicago, IL"
    assert PLACES.city_suggestions("Zzzzzz", "IL") == ()


def test_unknown_zips_have_known_neighbours_by_number() -> None:
    assert [place.zip for place in PLACES.neighbours("60600")] == ["60599", "60601"]
    assert [place.zip for place in PLACES.neighbours("00000")] == ["00501", "00544"]
    assert [place.zip for place in PLACES.neighbours("99999")] == ["99950", "99929"]


@given(st.floats(18, 49), st.floats(-125, -65))
@pytest.mark.long
def test_the_nearest_zip_is_the_nearest_of_all(latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude)
    miles, digits = min(
        (miles_between(point, place.point), place.zip) for place in PLACES.all_zips().values()
    )
    found = PLACES.nearest(point)
    assert (None if miles > 60 else digits) == (found and found.zip)


def test_far_from_any_zip_no_state_is_guessed() -> None:
    assert PLACES.nearest(Point(0, 0)) is None
    guam = PLACES.nearest(Point(13.4, 144.7))
    assert guam is not None
    assert guam.state == "GU"


@given(POINTS, POINTS)
def test_distance_is_none_to_itself_and_the_same_both_ways(a: Point, b: Point) -> None:
    assert miles_between(a, a) == 0.0
    assert miles_between(a, b) == pytest.approx(miles_between(b, a), abs=1e-6)
    assert 0 <= miles_between(a, b) <= 12_500


def test_distances_are_those_of_the_earth() -> None:
    chicago, new_york = Point(41.8781, -87.6298), Point(40.7128, -74.0060)
    assert miles_between(chicago, new_york) == pytest.approx(711, abs=2)
    assert miles_between(Point(0, 0), Point(0, 180)) == pytest.approx(20_015 * MILES_PER_KM, abs=2)


@given(POINTS)
def test_a_cell_hides_where_in_it_a_point_was(point: Point) -> None:
    centre = cell_centre(point)
    assert cell_centre(centre) == centre
    assert abs(centre.latitude - point.latitude) <= 0.05 + 1e-6
    assert abs(centre.longitude - point.longitude) <= 0.05 + 1e-6


@pytest.mark.parametrize(
    ("point", "centre"),
    [
        (Point(41.9, -87.63), Point(41.95, -87.65)),
        (Point(41.99999, -87.60001), Point(41.95, -87.65)),
        (Point(0.0, 0.0), Point(0.05, 0.05)),
        (Point(-0.01, -0.01), Point(-0.05, -0.05)),
    ],
)
def test_cells_start_at_tenths_of_a_degree(point: Point, centre: Point) -> None:
    assert cell_centre(point) == centre


def test_states_are_known_by_code_and_name() -> None:
    assert [state_code(text) for text in ("il", "Illinois", "D.C.", "west virginia", "Virgin Islands")] == [
        *("IL", "IL", "DC", "WV", "VI")
    ]
    assert [state_code(text) for text in ("", "XX", "Ontario", "AE")] == [None] * 4
