"""Where in its cell a confidential site lies changes no answer: neither points nor order nor minutes."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import msgspec
from hypothesis import strategies as st
from law import law
from msgspec.structs import replace

from opmatch import api
from opmatch.model.program import Catalog, Point
from opmatch.model.ranking import Ranking
from opmatch.model.request import Place, Request

AS_OF = dt.date(2026, 11, 23)
CATALOG = """
opmatch: 1
catalog: {{name: Shelters, as_of: 2026-11-01}}
programs:
  - id: haven
    name: Haven Counseling
    organization: Haven
    field: [mental-health]
    level: op
    delivery: in-person
    site:
      street: {street}
      city: Chicago
      zip: "60610"
      latitude: {latitude:.6f}
      longitude: {longitude:.6f}
      confidential: true
    payers: [medicaid]
    appointments: {{hours: {{mon-fri: "08:00-20:00"}}}}
  - id: open-door
    name: Open Door
    organization: Haven
    field: [mental-health]
    level: op
    delivery: in-person
    site: {{state: IL, latitude: 41.95, longitude: -87.65}}
"""
inside = st.floats(0.0001, 0.0999)
distances = st.sampled_from([0.0, 1.0, 3.0, 5.0, 25.0])


def _loaded(north: float, east: float, street: str) -> Catalog:
    text = CATALOG.format(street=street, latitude=41.9 + north, longitude=-87.7 + east)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shelters.yaml"
        path.write_text(text, encoding="utf-8")
        return api.load_catalog([path])


def _told(ranking: Ranking) -> bytes:
    same_file = tuple(replace(info, sha256="") for info in ranking.catalogs)
    return msgspec.json.encode(replace(ranking, catalogs=same_file))


@law(
    15,
    a=st.tuples(inside, inside),
    b=st.tuples(inside, inside),
    client=st.tuples(inside, inside),
    within=distances,
)
def test_moving_a_confidential_site_in_its_cell_changes_no_answer(
    a: tuple[float, float], b: tuple[float, float], client: tuple[float, float], within: float
) -> None:
    home = Place(text="home", point=Point(41.9 + client[0], -87.7 + client[1]), state="IL")
    request = Request(as_of=AS_OF, near=home, within=within)
    first, second = (_loaded(*point, street) for point, street in ((a, "1 Oak St"), (b, "9 Elm St")))
    assert _told(api.rank(first, request)) == _told(api.rank(second, request))
