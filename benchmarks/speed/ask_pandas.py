"""The same question as a pandas script: python ask_pandas.py programs.pickle; it leaves out the same."""

import sys

import numpy as np
import pandas as pd

NEEDS, FIRST_LINE = {"ptsd", "trauma"}, {"cpt", "pe", "emdr", "tf-cbt"}
LATITUDE, LONGITUDE, WITHIN, STATE = 41.9042, -87.6348, 25.0, "IL"

frame = pd.read_pickle(sys.argv[1])
frame = frame[frame.latitude.between(LATITUDE - WITHIN / 68.5, LATITUDE + WITHIN / 68.5)]
phi, home = np.radians(frame.latitude), np.radians(LATITUDE)
half = (
    np.sin((phi - home) / 2) ** 2
    + np.cos(home) * np.cos(phi) * np.sin(np.radians(frame.longitude - LONGITUDE) / 2) ** 2
)
frame = frame.assign(miles=3958.7613 * 2 * np.arcsin(np.sqrt(half)))
frame = frame[(frame.miles <= WITHIN) & frame["fields"].map(lambda some: "mental-health" in some)]
listed = frame.specializes.map(lambda some: not NEEDS.isdisjoint(some)) | frame.treats.map(
    lambda some: not NEEDS.isdisjoint(some)
)
only = frame.need_only.map(lambda some: len(some) > 0 and NEEDS.isdisjoint(some))
payer = frame.payers.map(lambda some: 1 if some is None else 2 if "medicaid" in some else 0)
payer = payer.where((payer < 2) | (frame.state == STATE), 1)
group = frame.group_only.map(len).eq(0)
frame = frame[(listed | ~only) & (payer > 0) & group]
special = frame.specializes.map(lambda some: "ptsd" in some)
fit = np.where(special, 0.9, np.where(listed[frame.index], 0.6, 0.3))
fit = fit + 0.1 * frame.approaches.map(lambda some: not FIRST_LINE.isdisjoint(some))
travel = np.interp(frame.miles, [0, 4, 10, 36], [1, 0.85, 0.6, 0])
frame = frame.assign(
    score=(60 * fit + 40 * travel).round(),
    tier="confirm",
    why=np.where(listed[frame.index], "treats PTSD", "does not say whether it treats PTSD"),
)
best = frame.sort_values(["score", "miles", "id"], ascending=[False, True, True]).groupby("level").head(3)
columns = ["level", "tier", "score", "id", "name", "phone", "miles", "why"]
print(best.sort_values(["level", "score"])[columns].to_json(orient="records"))
