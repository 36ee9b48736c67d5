-- The first three programs of each level and tier for every row of `request`.
-- Gates (g_…): 2 met, 1 unknown, 0 not met. Utilities (u_…): 0 to 1. The numbers are those of formula.yaml.
WITH near AS (
  SELECT p.*, r.*, p.groups_ AS has_groups,
    3958.7613 * 2 * asin(sqrt(pow(sin(radians(p.lat - r.latitude) / 2), 2)
      + cos(radians(r.latitude)) * cos(radians(p.lat)) * pow(sin(radians(p.lon - r.longitude) / 2), 2))) AS miles
  FROM program p, request r
  WHERE p.is_active AND p.mode_in_person > 0
    AND (len(r.levels) = 0 OR list_contains(r.levels, p.level))
    AND list_has_any(r.fields, p.care_fields)
    AND p.lat BETWEEN r.latitude - r.within / 68.5 AND r.latitude + r.within / 68.5
    AND p.lon BETWEEN r.longitude - r.within / (68.5 * cos(radians(r.latitude)))
                  AND r.longitude + r.within / (68.5 * cos(radians(r.latitude)))
), gates AS (
  SELECT *,
    ceil(miles * 1.3 / 27 * 60)::INTEGER AS travel,
    CASE WHEN list_contains(need_excludes, need) OR list_has_any(need_excludes, above) THEN 0
         WHEN len(need_only) > 0 AND NOT (list_contains(need_only, need) OR list_has_any(need_only, above))
           THEN CASE WHEN list_has_any(need_only, step0 || step1 || step2) THEN 1 ELSE 0 END
         WHEN list_has_any(specializes || treats || need_only, step0 || step1 || step2) THEN 2
         WHEN list_has_any(common, care_fields) THEN 2 ELSE 1 END AS g_need,
    CASE WHEN age_ranges IS NULL THEN 1
         WHEN len(list_filter(age_ranges, lambda x: x.sure AND age BETWEEN x.low AND x.high)) > 0 THEN 2
         WHEN len(list_filter(age_ranges, lambda x: age BETWEEN x.low AND x.high)) > 0 THEN 1
         WHEN ages_complete THEN 0 ELSE 1 END AS g_age,
    CASE WHEN list_has_any(group_excludes, groups) THEN 0
         WHEN len(group_only) > 0 THEN CASE WHEN list_has_any(group_only, groups) THEN 2 ELSE 0 END
         WHEN group_unknown THEN 1 ELSE 2 END AS g_group,
    CASE WHEN payer_list IS NULL THEN 1
         WHEN list_has_any(payer_list, payers)
           THEN CASE WHEN payers[1] = 'medicaid' AND state_of <> state THEN 1 ELSE 2 END
         WHEN list_has_any(payer_list, heads) THEN 1
         WHEN payers_complete AND (payers_over IS NULL OR list_has_any(payers_over, payers || heads)) THEN 0
         ELSE 1 END AS g_payer,
    CASE WHEN language IS NULL OR list_contains(languages, language) THEN 2
         WHEN interpreters = 2 THEN 2 WHEN interpreters = 0 THEN 0 ELSE 1 END AS g_language
  FROM near WHERE miles <= within
), timed AS (
  SELECT *,
    CASE WHEN free IS NULL THEN 2
         WHEN hours IS NULL OR level <> 'op' THEN 1
         WHEN fits > 0 THEN 2 WHEN all_days THEN 0 ELSE 1 END AS g_schedule
  FROM (SELECT *, list_sum(list_transform(hours, lambda h: list_sum(list_transform(free, lambda f:
      greatest(0, least(h.high, f.high - travel) - greatest(h.low, f.low + travel) - 50 + 1))))) AS fits FROM gates)
  WHERE g_need > 0 AND g_age > 0 AND g_group > 0 AND g_payer > 0 AND g_language > 0
), read AS (
  SELECT *,
    0.6 + 0.4 * pow(0.5, days_old / 365.0) AS trust,
    pow(0.5, days_old / 365.0) AS trust_hours,
    CASE WHEN len(first_line) = 0 THEN 0
         WHEN list_has_any(offered, first_line) THEN 0.6 + 0.4 * pow(0.5, days_old / 365.0)
         ELSE 0.25 END AS bonus,
    miles * sqrt(CASE level WHEN 'op' THEN 1 WHEN 'iop' THEN 3 ELSE 5 END) AS effort
  FROM timed WHERE g_schedule > 0
), points AS (
  SELECT *,
    greatest(
      CASE WHEN list_has_any(specializes, step0) THEN trust * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(specializes, step1) THEN trust * 0.8 * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(specializes, step2) THEN trust * 0.64 * (0.85 + 0.15 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step0) THEN trust * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step1) THEN trust * 0.8 * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(treats || need_only, step2) THEN trust * 0.64 * (0.55 + 0.25 * bonus) + (1 - trust) * 0.3 ELSE 0 END,
      CASE WHEN list_has_any(common, care_fields) THEN 0.4 ELSE 0 END, 0.3) AS u_fit,
    CASE WHEN g_schedule < 2 OR fits IS NULL THEN 0.4 ELSE trust_hours * (CASE
      WHEN fits <= 60 THEN 0.70 + 0.10 * (fits - 1) / 59 WHEN fits <= 240 THEN 0.80 + 0.12 * (fits - 60) / 180
      WHEN fits <= 600 THEN 0.92 + 0.08 * (fits - 240) / 360 ELSE 1 END) + (1 - trust_hours) * 0.4 END AS u_schedule,
    CASE WHEN wait IS NULL THEN 0.4 WHEN wait <= 7 THEN 1 - 0.25 * wait / 7 WHEN wait <= 14 THEN 0.75 - 0.15 * (wait - 7) / 7
      WHEN wait <= 30 THEN 0.6 - 0.4 * (wait - 14) / 16 WHEN wait <= 90 THEN 0.2 - 0.2 * (wait - 30) / 60 ELSE 0 END AS u_wait,
    CASE WHEN effort <= 1 THEN 1 WHEN effort <= 4 THEN 1 - 0.15 * (effort - 1) / 3 WHEN effort <= 10 THEN 0.85 - 0.25 * (effort - 4) / 6
      WHEN effort <= 25 THEN 0.6 - 0.35 * (effort - 10) / 15 WHEN effort <= 50 THEN 0.25 - 0.25 * (effort - 25) / 25 ELSE 0 END AS u_travel,
    CASE WHEN list_has_any(payer_list, payers) THEN trust * 0.75 + (1 - trust) * 0.35 ELSE 0.35 END AS u_cost,
    ((CASE WHEN language IS NULL THEN 0 WHEN list_contains(languages, language) THEN trust + (1 - trust) * 0.35 ELSE 0.35 END)
     + coalesce(list_sum(list_transform(groups, lambda g: CASE WHEN list_contains(has_groups, g) THEN trust + (1 - trust) * 0.35
         WHEN list_contains(welcomes, g) THEN 0.8 * trust + (1 - trust) * 0.35 ELSE 0.35 END)), 0)
     + coalesce(list_sum(list_transform(approaches, lambda a: CASE WHEN list_contains(offered, a) THEN trust + (1 - trust) * 0.25 ELSE 0.25 END)), 0))
     / greatest(1, (language IS NOT NULL)::INTEGER + len(groups) + len(approaches)) AS u_wishes
  FROM read
), scored AS (
  SELECT *,
    (floor(of_fit * u_fit + 0.5) + floor(of_schedule * u_schedule + 0.5) + floor(of_wait * u_wait + 0.5)
      + floor(of_travel * u_travel + 0.5) + floor(of_cost * u_cost + 0.5) + floor(of_wishes * u_wishes + 0.5))::INTEGER AS score,
    CASE WHEN least(g_need, g_age, g_group, g_payer, g_language, g_schedule) = 2 THEN 'eligible' ELSE 'confirm' END AS tier
  FROM points
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY number, level, tier ORDER BY score DESC, miles, id) AS place,
    count(*) OVER (PARTITION BY number, tier) AS in_tier
  FROM scored
)
SELECT number, id, level, tier, place, score, in_tier, name, organization, street, city, state_of, zip, phone,
  round(miles, 1) AS miles, travel,
  CASE WHEN list_has_any(specializes, step0 || step1 || step2) THEN 'specializes in ' || need
       WHEN list_has_any(treats, step0 || step1 || step2) THEN 'treats ' || need
       WHEN list_has_any(common, care_fields) THEN 'a general program, which commonly treats ' || need
       ELSE 'does not say whether it treats ' || need END
    || CASE WHEN list_has_any(offered, first_line)
            THEN ' and offers ' || list_aggregate(list_intersect(offered, first_line), 'string_agg', ', ') ELSE '' END
    || printf(' (listed %d days ago)', days_old) AS why_fit,
  printf('%.1f mi, about %d min', miles, travel) AS why_travel,
  CASE WHEN wait IS NULL THEN 'does not say how long the wait is' ELSE printf('a wait of %d days', wait) END AS why_wait,
  CASE WHEN g_payer = 2 THEN printf('lists %s, %d days ago', payers[1], days_old)
       ELSE 'not known whether ' || payers[1] || ' is taken' END AS why_cost,
  CASE WHEN g_schedule = 2 THEN 'can be booked within its hours and your free time' ELSE 'does not say when sessions are' END AS why_schedule,
  CASE g_age WHEN 2 THEN 'serves the age' ELSE 'does not say which ages it serves' END AS why_age,
  u_fit, u_schedule, u_wait, u_travel, u_cost, u_wishes
FROM ranked WHERE place <= 3 ORDER BY number, level, tier, place
