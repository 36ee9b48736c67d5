-- A catalog of opmatch. Days are year-month-day; yes is 1, no is 0, and unknown is NULL: unknown is not no.
-- day: 0 Monday … 6 Sunday; times are of the 24-hour clock, an end of 24:00 is midnight.
CREATE TABLE catalog (name TEXT NOT NULL, fictional INTEGER NOT NULL, as_of TEXT);
CREATE TABLE term (kind TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE program (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  organization TEXT,
  level TEXT NOT NULL,          -- op, iop, php
  status TEXT NOT NULL,         -- active, paused, closed
  fictional INTEGER NOT NULL,
  in_person INTEGER,
  virtual INTEGER,
  street TEXT, city TEXT, state TEXT, zip TEXT,
  latitude REAL, longitude REAL,
  precision TEXT,               -- exact, zip, city; cell: the centre of a coarse cell of a confidential site
  confidential INTEGER,
  time_zone TEXT,
  payers_complete INTEGER,      -- 0: others may be taken; NULL: no payers listed at all
  ages_complete INTEGER,
  only_unknown INTEGER NOT NULL,-- 1: who may enter has to be asked
  fee REAL, sliding_scale_from REAL,
  interpreters INTEGER,
  availability TEXT, wait_days INTEGER, availability_as_of TEXT,
  sessions_a_week INTEGER, session_minutes INTEGER,
  phone TEXT, url TEXT, referral TEXT,
  verified TEXT, verified_by TEXT,
  source_name TEXT, source_record TEXT
);
CREATE TABLE program_field (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, field TEXT NOT NULL);
CREATE TABLE program_licensed_state (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE program_gender (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, gender TEXT NOT NULL);
CREATE TABLE program_service (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, service TEXT NOT NULL);
CREATE TABLE program_support (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, support TEXT NOT NULL);
CREATE TABLE program_exclusion (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, exclusion TEXT NOT NULL);
CREATE TABLE program_document (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, document TEXT NOT NULL);
CREATE TABLE program_step (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, step TEXT NOT NULL);
CREATE TABLE program_accreditation (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, accreditation TEXT NOT NULL);
CREATE TABLE program_note (program_id TEXT NOT NULL REFERENCES program(id), place INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE program_need (program_id TEXT NOT NULL REFERENCES program(id), need TEXT NOT NULL, relation TEXT NOT NULL);
CREATE TABLE program_population (program_id TEXT NOT NULL REFERENCES program(id), population TEXT NOT NULL, relation TEXT NOT NULL);
CREATE TABLE program_age (program_id TEXT NOT NULL REFERENCES program(id), min INTEGER NOT NULL, max INTEGER, sure INTEGER NOT NULL);
CREATE TABLE program_approach (program_id TEXT NOT NULL REFERENCES program(id), approach TEXT NOT NULL, fidelity TEXT, offered INTEGER, verified TEXT);
CREATE TABLE program_payer (program_id TEXT NOT NULL REFERENCES program(id), payer TEXT NOT NULL, network TEXT, accepting INTEGER, verified TEXT);
-- Where its source can name only these payers or genders, a program says nothing of others.
CREATE TABLE program_payer_expressed (program_id TEXT NOT NULL REFERENCES program(id), payer TEXT NOT NULL);
CREATE TABLE program_gender_expressed (program_id TEXT NOT NULL REFERENCES program(id), gender TEXT NOT NULL);
CREATE TABLE program_language (program_id TEXT NOT NULL REFERENCES program(id), language TEXT NOT NULL, "by" TEXT NOT NULL, verified TEXT);
CREATE TABLE program_verified_field (program_id TEXT NOT NULL REFERENCES program(id), field TEXT NOT NULL, verified TEXT NOT NULL);
-- A day that isn't there is unknown; one with no times is closed.
CREATE TABLE office_hours (program_id TEXT NOT NULL REFERENCES program(id), day INTEGER NOT NULL, opens TEXT, closes TEXT);
CREATE TABLE appointment_hours (program_id TEXT NOT NULL REFERENCES program(id), day INTEGER NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL);
-- What is NULL in a track is as in its program.
CREATE TABLE track (
  program_id TEXT NOT NULL REFERENCES program(id), id TEXT NOT NULL,
  seats_open INTEGER, seats_as_of TEXT, weeks INTEGER, in_person TEXT, virtual TEXT,
  ages TEXT, genders TEXT, languages TEXT, time_zone TEXT,
  PRIMARY KEY (program_id, id)
);
CREATE TABLE session (
  program_id TEXT NOT NULL, track_id TEXT NOT NULL, day INTEGER NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
  required INTEGER NOT NULL,
  FOREIGN KEY (program_id, track_id) REFERENCES track(program_id, id)
);
CREATE INDEX program_place ON program(state, zip);
CREATE INDEX need_program ON program_need(need, program_id);
CREATE INDEX payer_program ON program_payer(payer, program_id);
CREATE INDEX session_program ON session(program_id, track_id);
CREATE INDEX office_program ON office_hours(program_id);

CREATE VIEW programs_with_payers AS
  SELECT p.id, p.name, p.organization, p.level, p.city, p.state, p.zip, p.phone, p.wait_days, p.verified,
    group_concat(pp.payer, ', ') AS payers
  FROM program p LEFT JOIN program_payer pp ON pp.program_id = p.id
  WHERE p.status = 'active' GROUP BY p.id;
CREATE VIEW needs_by_state AS
  SELECT p.state, t.label AS need, p.level, count(DISTINCT p.id) AS programs
  FROM program p JOIN program_need n ON n.program_id = p.id AND n.relation IN ('specializes', 'treats', 'only')
    JOIN term t ON t.kind = 'need' AND t.id = n.need
  WHERE p.status = 'active' GROUP BY p.state, n.need, p.level;
CREATE VIEW payers_by_state AS
  SELECT p.state, t.label AS payer, p.level, count(DISTINCT p.id) AS programs
  FROM program p JOIN program_payer x ON x.program_id = p.id JOIN term t ON t.kind = 'payer' AND t.id = x.payer
  WHERE p.status = 'active' GROUP BY p.state, x.payer, p.level;
CREATE VIEW evening_sessions AS
  SELECT p.id, p.name, p.level, p.city, p.state, s.track_id AS track, s.day, s.start, s."end", k.seats_open
  FROM session s JOIN program p ON p.id = s.program_id
    JOIN track k ON k.program_id = s.program_id AND k.id = s.track_id
  WHERE s.start >= '17:00' AND p.status = 'active';
CREATE VIEW unknown_share AS
  SELECT count(*) AS programs, avg(in_person IS NULL) AS in_person, avg(virtual IS NULL) AS virtual,
    avg(payers_complete IS NULL) AS payers, avg(ages_complete IS NULL) AS ages,
    avg(availability IS NULL AND wait_days IS NULL) AS availability, avg(phone IS NULL) AS phone,
    avg(verified IS NULL) AS verified
  FROM program WHERE status = 'active';
