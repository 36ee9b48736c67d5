"""The question of this benchmark as a DuckDB script: python ask_duckdb.py programs.duckdb

Gates, two criteria, the first three of each level and tier. No near misses, relaxations, funnel, questions,
virtual care or tracks, and one sentence for a reason.
"""

import json
import sys

import duckdb

NEEDS, FIRST_LINE = ["ptsd", "trauma"], ["cpt", "pe", "emdr", "tf-cbt"]
ASKED = {"lat": 41.9042, "lon": -87.6348, "within": 25.0, "state": "IL"}
SQL = """
WITH near AS (
  SELECT *, 3958.7613 * 2 * asin(sqrt(pow(sin(radians(latitude - $lat) / 2), 2)
    + cos(radians($lat)) * cos(radians(latitude)) * pow(sin(radians(longitude - $lon) / 2), 2))) AS miles
  FROM program
  WHERE latitude BETWEEN $lat - $within / 68.5 AND $lat + $within / 68.5
    AND list_contains(fields, 'mental-health')
), gates AS (
  SELECT *,
    CASE WHEN list_has_any(specializes, $needs) OR list_has_any(treats, $needs) THEN 2
         WHEN len(need_only) > 0 AND NOT list_has_any(need_only, $needs) THEN 0 ELSE 1 END AS g_need,
    CASE WHEN payers IS NULL THEN 1 WHEN NOT list_contains(payers, 'medicaid') THEN 0
         WHEN state = $state THEN 2 ELSE 1 END AS g_payer,
    CASE WHEN len(group_only) > 0 THEN 0 WHEN group_unknown THEN 1 ELSE 2 END AS g_group
  FROM near WHERE miles <= $within
), scored AS (
  SELECT *,
    greatest(CASE WHEN list_contains(specializes, $needs[1]) THEN 0.9 ELSE 0.3 END,
             CASE WHEN list_has_any(treats, $needs) THEN 0.6 ELSE 0.3 END)
      + CASE WHEN list_has_any(approaches, $first_line) THEN 0.1 ELSE 0 END AS fit,
    CASE WHEN miles <= 4 THEN 1 - 0.04 * miles WHEN miles <= 10 THEN 0.85 - 0.04 * (miles - 4)
         ELSE greatest(0, 0.6 - 0.023 * (miles - 10)) END AS travel
  FROM gates WHERE g_need > 0 AND g_payer > 0 AND g_group > 0
), ranked AS (
  SELECT *, round(60 * fit + 40 * travel) AS score, 'confirm' AS tier,  -- nobody says when sessions are
    row_number() OVER (PARTITION BY level ORDER BY 60 * fit + 40 * travel DESC, miles, id) AS place
  FROM scored
)
SELECT level, tier, place, score, id, name, phone, round(miles, 1) AS miles,
  CASE WHEN g_need = 2 THEN 'treats PTSD' ELSE 'does not say whether it treats PTSD' END AS why
FROM ranked WHERE place <= 3 ORDER BY level, place
"""
found = duckdb.connect(sys.argv[1], read_only=True).execute(
    SQL, {**ASKED, "needs": NEEDS, "first_line": FIRST_LINE}
)
names = [column[0] for column in found.description]
print(json.dumps([dict(zip(names, row, strict=True)) for row in found.fetchall()]))
