"""What SAMHSA's two directories say about a request, computed from the raw codes alone.

An independent reading of the same files: nothing here comes from the importer or the gates. The code tables
were written from the directories' own `service_name`s. Only the hierarchy of needs and its `common` marks are
read from the vocabulary, since they are policy and not reading. Every answer is one of `MET`, `UNKNOWN` and
`NOT_MET` for one program: a record at one level of care.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

State = Literal["met", "unknown", "not met"]
Answer = tuple[State, str]
"""The state, and why."""
Key = tuple[str, str, str]
"""(source name, 1-based data row, level): what tells programs apart on either side."""
MET: State = "met"
UNKNOWN: State = "unknown"
NOT_MET: State = "not met"

MH, SU = "samhsa-mh-2022", "samhsa-su-2022"
FILES = {
    MH: ("National_Directory_MH_Facilities_2022.xlsx", "service_codes_mh_2022.csv"),
    SU: ("National_Directory_SA_Facilities_2022.xlsx", "service_codes_sa_2022.csv"),
}
EARTH_RADIUS_MILES = 3958.7613
BY_HAND = {"96943": (9.514, 138.129, "FM")}
"""The one ZIP of the directories that the `zipcodes` package can't place: Colonia on Yap, from a map."""

PAYERS = {
    "MD": "medicaid",
    "MC": "medicare",
    "PI": "private",
    "MI": "tricare",
    "SF": "self_pay",
    "SI": "state_plan",
    "VAF": "va",
    "ITU": "ihs",
    "SS": "sliding_scale",
    "PA": "assistance",
    "NP": "free",
}
INEXPRESSIBLE = {MH: {"free"}, SU: {"va"}}  # payers for which the directory has no code
OF_A_STATE = {"medicaid", "state_plan"}

LANGUAGES = {
    "SP": "es",
    "AH": "ase",
    "NX": "native",
    "F4": "ar",
    "F17": "zh",
    "F19": "ht",
    "F25": "fa",
    "F28": "fr",
    "F30": "de",
    "F31": "el",
    "F35": "he",
    "F36": "hi",
    "F37": "hmn",
    "F42": "it",
    "F43": "ja",
    "F47": "ko",
    "F66": "pl",
    "F67": "pt",
    "F70": "ru",
    "F81": "tl",
    "F92": "vi",
    "N24": "oj",
    "N40": "ypk",
}

LISTED_NEEDS: dict[str, dict[str, str]] = {
    MH: {
        "SUMH": "co-occurring",
        "CO": "co-occurring",
        "TRMA": "trauma",
        "TBI": "tbi",
        "ALZ": "dementia",
        "PED": "eating",
        "PEFP": "first-episode-psychosis",
        "PTSD": "ptsd",
        "SED": "emotional-disturbance",
        "SMI": "serious-mental-illness",
        "SPS": "suicidal-thoughts",
    },
    SU: {
        "SUMH": "co-occurring",
        "CO": "co-occurring",
        "TRMA": "trauma",
        "TGD": "gambling",
        "TCC": "nicotine",
        "AUDO": "alcohol",
        "OUDO": "opioid",
    },
}
OPIOID_MEDICATION = ("OMB", "MU", "BU", "BUM", "BMW", "OTP", "MM", "MMW", "UB", "UN", "RPN")
"""Opioid use treated with medication, unless the record says that it isn't (NMOA) or isn't treated (NOOP)."""

APPROACHES: dict[str, dict[str, tuple[str, ...]]] = {
    MH: {
        "cbt": ("CBT",),
        "activity-therapy": ("AT",),
        "cognitive-remediation": ("CRT",),
        "dbt": ("DBT",),
        "ect": ("ECT",),
        "emdr": ("EMDR",),
        "iddt": ("IDD",),
        "ketamine": ("KIT",),
        "tms": ("TMS",),
        "tobacco-cessation": ("TCC", "NRT", "NSC"),
        "act-team": ("ACT",),
        "illness-management": ("IMR",),
        "psychosocial-rehabilitation": ("PRS",),
    },
    SU: {
        "cbt": ("CBT",),
        "anger-management": ("ANG",),
        "brief-intervention": ("BIA",),
        "contingency-management": ("CMI",),
        "community-reinforcement": ("CRV",),
        "motivational-interviewing": ("MOTI",),
        "matrix-model": ("MXM",),
        "relapse-prevention": ("RELP",),
        "trauma-counseling": ("TRC",),
        "twelve-step": ("TWFA",),
        "tobacco-cessation": ("TCC", "NRT", "NSC"),
    },
}
MEDICATIONS = {
    "moud": OPIOID_MEDICATION,
    "methadone": ("MU", "MM", "MMW"),
    "buprenorphine": ("BU", "BUM", "BMW", "UB"),
    "naltrexone": ("NU", "UN", "RPN"),
}
ALCOHOL_MEDICATION = ("PMAT", "ACM", "DSF")
"""Alcohol use treated with medication, unless the record says that it is not (NMAUT; NAUT: not at all)."""

SERVICES: dict[str, dict[str, tuple[str, ...]]] = {
    MH: {
        "housing-support": ("HS", "SH"),
        "peer-support": ("PEER",),
        "case-management": ("CM", "ICM"),
        "primary-care": ("IPC",),
        "medication-management": ("ANTPYCH",),
        "family-therapy": ("CFT",),
        "couples-therapy": ("CFT",),
        "group-therapy": ("GT",),
        "individual-therapy": ("IPT",),
        "crisis-response": ("CIT", "PEON", "PEOFF", "WI"),
        "nutrition": ("DEC",),
        "psychoeducation": ("FPSY",),
        "legal-advocacy": ("LAD",),
        "supported-employment": ("SEMP",),
        "vocational": ("VRS",),
        "education-support": ("ES",),
    },
    SU: {
        "housing-support": ("HS",),
        "peer-support": ("PEER", "RC"),
        "case-management": ("CM",),
        "primary-care": ("IPC",),
        "medication-management": ("MMD",),
        "hiv-care": ("MHIV", "EIH"),
        "drug-testing": ("BABA", "DAOF", "DAUT"),
        "aftercare": ("ACC",),
        "naloxone": ("NOE",),
        "vocational": ("EMP", "VOC"),
        "psychoeducation": ("SAE",),
        "individual-therapy": ("ICO",),
        "group-therapy": ("GCO",),
        "family-therapy": ("FCO",),
        "couples-therapy": ("MCO",),
    },
}


@dataclass(frozen=True)
class Record:
    """One row of a directory at one level of care."""

    source: str
    row: int
    level: str
    state: str
    zip: str
    codes: frozenset[str]
    pays: bool  # whether a code of category PAY is listed

    @property
    def key(self) -> Key:
        return (self.source, str(self.row), self.level)

    def has(self, *codes: str) -> bool:
        return not self.codes.isdisjoint(codes)


Gate = Callable[[Record], Answer]


@dataclass(frozen=True)
class Ask:
    """One request, in vocabulary ids; empty and None are not asked."""

    needs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    age: int | None = None
    near: str = ""  # ZIP
    within: int = 25  # miles
    delivery: str = "any"
    payers: tuple[str, ...] = ()
    language: str = ""
    populations: tuple[str, ...] = ()
    gender: str = ""
    approaches: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    start_by: str = ""

    def as_words(self) -> dict[str, Any]:
        """The keys of a request file with what is asked for."""
        asked = {
            "needs": self.needs,
            "levels": self.levels,
            "age": self.age,
            "near": self.near,
            "within": str(self.within) if self.near else "",
            "delivery": self.delivery if self.delivery != "any" else "",
            "payers": self.payers,
            "language": self.language,
            "populations": self.populations,
            "gender": self.gender,
            "approaches": self.approaches,
            "services": self.services,
            "must": self.must,
            "start_by": self.start_by,
        }
        return {key: value for key, value in asked.items() if value not in ("", (), None)}


def levels_of(source: str, codes: frozenset[str]) -> tuple[str, ...]:
    if source == MH:
        return tuple(level for level, code in (("op", "OP"), ("php", "PHDT")) if code in codes)
    finer = codes & {"ORT", "OMB", "OD", "OIT", "ODT"}
    op = bool(codes & {"ORT", "OMB", "OD"}) or ("OP" in codes and not finer)
    return tuple(
        level for level, runs in (("op", op), ("iop", "OIT" in codes), ("php", "ODT" in codes)) if runs
    )


def read_directory(folder: Path, source: str) -> list[Record]:
    from python_calamine import CalamineWorkbook

    workbook, table = FILES[source]
    with (folder / table).open(encoding="utf-8-sig", newline="") as file:
        paying = {
            row["service_code"].strip()
            for row in csv.DictReader(file)
            if row["category_code"].strip() == "PAY"
        }
    header, *rows = (
        CalamineWorkbook.from_path(folder / workbook).get_sheet_by_name("Facilities List").to_python()
    )
    state, zip_code, info = (header.index(name) for name in ("state", "zip", "service_code_info"))
    return [
        Record(
            source,
            number,
            level,
            str(row[state]),
            str(row[zip_code])[:5].zfill(5),
            codes,
            bool(codes & paying),
        )
        for number, row in enumerate(rows, start=1)
        for codes in [frozenset(str(row[info]).replace("*", " ").split())]
        for level in levels_of(source, codes)
    ]


# --- what one program says, gate by gate ---


def fields(record: Record) -> set[str]:
    if record.source == MH:
        return {"mental-health"} | ({"substance-use"} if record.has("SA", "SUMH", "CO") else set())
    return {"substance-use"} | ({"mental-health"} if record.has("MH", "SUMH", "CO") else set())


def level_gate(record: Record, levels: tuple[str, ...]) -> Answer:
    return (MET, record.level) if record.level in levels else (NOT_MET, f"is {record.level}")


def age_gate(record: Record, age: int) -> Answer:
    coded = record.has("CHLD", "YAD", "ADLT", "SNR")
    if record.source == MH:
        if not coded:
            return UNKNOWN, "no age codes"
        if age < 18:
            if not record.has("CHLD"):
                return NOT_MET, "age codes without CHLD"
            return (MET, "CHLD") if age <= 12 else (UNKNOWN, "CHLD is 12 or younger, perhaps more")
        code = "YAD" if age <= 25 else "ADLT" if age <= 64 else "SNR"
        return (MET, code) if record.has(code) else (NOT_MET, f"age codes without {code}")
    if age <= 12:
        if record.has("CHLD"):
            return MET, "CHLD"
        return (NOT_MET, "age codes without CHLD") if coded else (UNKNOWN, "no age codes")
    if age <= 17:
        return (MET, "AD") if record.has("AD") else (UNKNOWN, "no AD")
    saying = ("YAD", "TAY") if age <= 25 else ("ADLT",) if age <= 64 else ("SNR", "SE")
    if record.has(*saying, "WN", "MN"):
        return MET, f"one of {saying}, WN, MN"
    return UNKNOWN, "substance use age codes are incomplete"


def gender_gate(record: Record, gender: str) -> Answer:
    female, male = record.has("FEM"), record.has("MALE")
    if female and male:
        return MET, "FEM and MALE"
    if not female and not male:
        return UNKNOWN, "no gender codes"
    if gender == "nonbinary":
        return UNKNOWN, "FEM or MALE alone"
    return (MET, gender) if female == (gender == "female") else (NOT_MET, "takes the other gender")


def population_gate(record: Record, named: tuple[str, ...]) -> Answer:
    only = [
        group
        for group, codes in (
            ("veterans", ("VAMC", "VAHC")),
            ("active-duty", ("DDF",)),
            ("dui-dwi", ("DUO",)),
        )
        if record.has(*codes)
    ]
    # Of the one record that has DUO too, no more is claimed than that it has to be asked.
    if record.has("IH", "TBG"):
        return UNKNOWN, "IH or TBG: ask who may enter"
    if only and not set(only) & set(named):
        return NOT_MET, f"only {only}"
    return MET, "open, or named"


def payer_gate(record: Record, payers: tuple[str, ...], client_state: str) -> Answer:
    answers = [one_payer(record, payer, client_state) for payer in payers]
    for state in (MET, UNKNOWN, NOT_MET):
        for answer in answers:
            if answer[0] == state:
                return answer
    raise ValueError("no payer asked")


def one_payer(record: Record, payer: str, client_state: str) -> Answer:
    kind, _, plan = payer.partition(":")
    listed = any(PAYERS.get(code) == kind for code in record.codes)
    if not listed:
        if kind in INEXPRESSIBLE[record.source]:
            return UNKNOWN, f"the directory can't say {kind}"
        return (NOT_MET, f"PAY codes without {kind}") if record.pays else (UNKNOWN, "no PAY codes")
    if plan:
        return UNKNOWN, "PI, plans not named"
    if kind == "medicare" and record.level == "iop":
        return UNKNOWN, "Medicare on an IOP listed before 2024"
    if kind in OF_A_STATE and client_state and client_state != record.state:
        return UNKNOWN, f"{kind} of {client_state}, site in {record.state}"
    return MET, f"lists {kind}"


def language_gate(record: Record, language: str) -> Answer:
    if language == "en":
        return MET, "English goes without saying"
    if any(LANGUAGES.get(code) == language for code in record.codes):
        return MET, f"lists {language}"
    return UNKNOWN, f"{language} not listed"


def approach_answer(record: Record, approach: str) -> Answer:
    if record.source == SU and approach in MEDICATIONS:
        if record.has("NMOA"):
            return (UNKNOWN, "NMOA") if approach == "naltrexone" else (NOT_MET, "NMOA: no MOUD")
        offered = record.has(*MEDICATIONS[approach]) and not record.has("NOOP")
    elif record.source == SU and approach == "maud":
        if record.has("NMAUT"):
            contradicted = record.has(*ALCOHOL_MEDICATION)
            return (UNKNOWN, "NMAUT beside a medicine") if contradicted else (NOT_MET, "NMAUT: no MAUD")
        offered = record.has(*ALCOHOL_MEDICATION) and not record.has("NAUT")
    else:
        offered = record.has(*APPROACHES[record.source].get(approach, ()))
    return (MET, f"offers {approach}") if offered else (UNKNOWN, f"{approach} not listed")


def service_answer(record: Record, service: str) -> Answer:
    if service == "withdrawal-management":
        listed = record.source == SU and record.level == "op" and record.has("OD")
    else:
        listed = record.has(*SERVICES[record.source].get(service, ()))
    return (MET, f"lists {service}") if listed else (UNKNOWN, f"{service} not listed")


def all_of(answers: Iterable[Answer]) -> Answer:
    """The worst of them: each of the wanted things is a must."""
    worst: Answer = (MET, "all listed")
    for answer in answers:
        if answer[0] == NOT_MET:
            return answer
        if answer[0] == UNKNOWN and worst[0] == MET:
            worst = answer
    return worst


def must_gate(record: Record, ask: Ask) -> Answer:
    approaches = [approach_answer(record, one) for one in ask.approaches] if "approach" in ask.must else []
    services = [service_answer(record, one) for one in ask.services] if "service" in ask.must else []
    return all_of([*approaches, *services])


@dataclass(frozen=True)
class NeedTree:
    """The hierarchy of needs, their fields of care and the `common` marks, from the vocabulary's YAML."""

    parent: dict[str, str]
    fields: dict[str, set[str]]
    common: dict[str, set[str]]

    @classmethod
    def read(cls, path: Path) -> NeedTree:
        import yaml

        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["needs"]
        return cls(
            {entry["id"]: entry["parent"] for entry in entries if entry.get("parent")},
            {entry["id"]: set(entry["fields"]) for entry in entries},
            {entry["id"]: set(entry.get("common") or ()) for entry in entries},
        )

    def chain(self, need: str) -> set[str]:
        """The need with everything broader."""
        return {need} | (self.chain(self.parent[need]) if need in self.parent else set())

    def related(self, need: str, other: str) -> bool:
        """Whether one is the other, or broader, or narrower."""
        return need in self.chain(other) or other in self.chain(need)

    def gate(self, record: Record, need: str) -> Answer:
        listed = {
            LISTED_NEEDS[record.source][code] for code in record.codes & LISTED_NEEDS[record.source].keys()
        }
        if record.source == SU:
            if record.has(*OPIOID_MEDICATION) and not record.has("NMOA", "NOOP"):
                listed.add("opioid")
            refused = {
                need for code, need in (("NOOP", "opioid"), ("NAUT", "alcohol")) if code in record.codes
            }
            only = {need for code, need in (("AUDO", "alcohol"), ("OUDO", "opioid")) if code in record.codes}
            if self.chain(need) & refused:
                return NOT_MET, f"refuses {refused}"
            if only and not any(self.related(need, other) for other in only):
                return NOT_MET, f"only {only}"
            if only and not only & self.chain(need):
                return UNKNOWN, f"only {only}, which {need} may or may not be"
        at_work = fields(record)
        if not at_work & self.fields[need]:
            return NOT_MET, f"works in {at_work}"
        for other in sorted(listed):
            if self.related(need, other):
                return MET, f"lists {other}"
        return (MET, "common") if self.common[need] & at_work else (UNKNOWN, f"{need} not listed")


# --- a whole directory against a request ---


@dataclass(frozen=True)
class Oracle:
    """All programs of both directories."""

    records: list[Record]
    needs: NeedTree

    @cached_property
    def zips(self) -> dict[str, tuple[float, float, str]]:
        """ZIP to latitude, longitude and state; (0, 0) is how the package says that it doesn't know."""
        import zipcodes

        return BY_HAND | {
            entry["zip_code"]: (float(entry["lat"]), float(entry["long"]), entry["state"])
            for entry in zipcodes.list_all()  # type: ignore[no-untyped-call]
            if float(entry["lat"]) or float(entry["long"])
        }

    def miles(self, one: str, other: str) -> float:
        """Straight-line miles between the points of two ZIPs, by the haversine formula."""
        (lat1, lon1, _), (lat2, lon2, _) = self.zips[one], self.zips[other]
        a, b = math.radians(lat1), math.radians(lat2)
        half_lon = math.radians(lon2 - lon1) / 2
        half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
        return 2 * EARTH_RADIUS_MILES * math.asin(min(1.0, math.sqrt(half)))

    def place_gate(self, near: str, within: int, delivery: str) -> Gate:
        home = self.zips[near][2] if near else ""

        @cache
        def by_distance(zip_code: str) -> Answer:
            if zip_code not in self.zips:
                return UNKNOWN, f"{zip_code} can't be located"
            miles = self.miles(near, zip_code)
            return (MET if miles <= within else NOT_MET), f"{miles:.4f} mi"

        def gate(record: Record) -> Answer:
            if delivery == "virtual":
                if home and home != record.state:
                    return NOT_MET, f"client in {home}, site in {record.state}, virtual care not stated"
                if record.level == "op" and record.has("OTP") and record.has("OMB") and not record.has("ORT"):
                    return NOT_MET, "nothing but an opioid treatment program's dosing"
                return UNKNOWN, "virtual care and licence not stated"
            return by_distance(record.zip) if near else (MET, "in person")

        return gate

    def gates(self, ask: Ask) -> dict[str, Gate]:
        """How to answer each gate that is asked, the most selective first."""
        home = self.zips[ask.near][2] if ask.near else ""
        asked: dict[str, Gate] = {}
        if ask.levels:
            asked["level"] = lambda record: level_gate(record, ask.levels)
        if ask.near or ask.delivery != "any":
            asked["place"] = self.place_gate(ask.near, ask.within, ask.delivery)
        if ask.age is not None:
            age = ask.age
            asked["age"] = lambda record: age_gate(record, age)
        if ask.payers:
            asked["payer"] = lambda record: payer_gate(record, ask.payers, home)
        if ask.needs:
            asked["need"] = lambda record: self.needs.gate(record, ask.needs[0])
        if ask.gender:
            asked["gender"] = lambda record: gender_gate(record, ask.gender)
        asked["population"] = lambda record: population_gate(record, ask.populations)
        if ask.language:
            asked["language"] = lambda record: language_gate(record, ask.language)
        if ask.start_by:
            asked["capacity"] = lambda _: (UNKNOWN, "waits not known")
        if ask.must:
            asked["must"] = lambda record: must_gate(record, ask)
        return asked

    def part(self, keys: Container[Key]) -> Oracle:
        """The same for these programs only."""
        return Oracle([record for record in self.records if record.key in keys], self.needs)

    def eligible_and_confirm(self, ask: Ask) -> tuple[set[Key], set[Key]]:
        alive, unsure = self.records, set[Key]()
        for gate in self.gates(ask).values():
            kept: list[Record] = []
            for record in alive:
                state = gate(record)[0]
                if state == NOT_MET:
                    continue
                kept.append(record)
                if state == UNKNOWN:
                    unsure.add(record.key)
            alive = kept
        found = {record.key for record in alive}
        return found - unsure, found & unsure

    def why(self, ask: Ask, key: Key) -> str:
        """Every gate's answer for one program, with its codes."""
        record = next(record for record in self.records if record.key == key)
        answers = {name: gate(record) for name, gate in self.gates(ask).items()}
        told = "; ".join(f"{name} {state} ({reason})" for name, (state, reason) in answers.items())
        return f"{key} in {record.state} {record.zip}: {told}\n    {' '.join(sorted(record.codes))}"
