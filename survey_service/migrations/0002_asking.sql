-- Whom to ask, when, how often, and what came of it.

-- How a tenant asks. `body` is hoiam.survey.v1.AskPolicy; no row: the defaults.
CREATE TABLE ask_policy (
  tenant_id VARBINARY(64) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB;

-- The latest decision of each survey about each customer, asked or not. `body` is hoiam.survey.v1.Dispatch without link, picture and
-- text.
CREATE TABLE decision (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  decided_at DATETIME(6) NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, survey_id)
) ENGINE=InnoDB;

-- Invitations of the latest day (since 1970-01-01, in the policy's zone), for surveys that have a limit: a row that speaks of another
-- day counts nothing. One row per survey, so that what is read needs no clock.
CREATE TABLE survey_day (
  tenant_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  day INT NOT NULL,
  invited INT NOT NULL,
  PRIMARY KEY (tenant_id, survey_id)
) ENGINE=InnoDB;

-- The funnel: how many got how far, per survey, day on which they were asked, and touchpoint ("" is all of them). `item` is a step
-- ("step:SENT"), a reason ("skip:FLOOR_24H"), or a question ("shown:nps", "answered:nps").
CREATE TABLE tally (
  tenant_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  day INT NOT NULL,
  touchpoint VARBINARY(64) NOT NULL,
  item VARBINARY(80) NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, survey_id, day, touchpoint, item)
) ENGINE=InnoDB;

-- What is to be done at a time: send, remind, go on with a wave, begin one. Whoever takes a row moves `due_at` to when others may
-- take it again, so work of a replica that died comes back by itself. `subject` decides the partition; `owner` is who has it.
CREATE TABLE due_work (
  tenant_id VARBINARY(64) NOT NULL,
  subject VARBINARY(160) NOT NULL,
  kind TINYINT NOT NULL,
  work_id VARBINARY(128) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  owner VARBINARY(16) NOT NULL,
  attempts INT NOT NULL,
  PRIMARY KEY (tenant_id, subject, kind, work_id),
  KEY by_due (kind, due_at)
) ENGINE=InnoDB;

-- A survey asked of a sample. `body` is hoiam.survey.v1.Wave; `draw_id` says which members are its own: they were written before it,
-- and those of a draw that no wave names are nobody's.
CREATE TABLE wave (
  tenant_id VARBINARY(64) NOT NULL,
  wave_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  draw_id BINARY(16) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, wave_id),
  KEY by_survey (tenant_id, survey_id, create_time, wave_id)
) ENGINE=InnoDB;

-- The drawn people of a wave, and their replacements, in the random order of their stratum. `outcome` and `reason` are the numbers of
-- hoiam.survey.v1.WaveMember.Outcome.Code and SkipReason.Code.
CREATE TABLE wave_member (
  tenant_id VARBINARY(64) NOT NULL,
  draw_id BINARY(16) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  stratum VARBINARY(128) NOT NULL,
  place INT NOT NULL,
  outcome TINYINT NOT NULL,
  reason TINYINT NOT NULL,
  ask_time DATETIME(6) NOT NULL,
  invitation_id VARBINARY(128) NOT NULL,
  replaces VARBINARY(128) NOT NULL,
  PRIMARY KEY (tenant_id, draw_id, customer_id),
  KEY in_order (tenant_id, draw_id, stratum, place),
  KEY by_turn (tenant_id, draw_id, outcome, ask_time, customer_id)
) ENGINE=InnoDB;

-- Touchpoints and channels that a tenant made, or changed from what Hoiam brings. `body` is hoiam.survey.v1.Touchpoint or Channel.
CREATE TABLE touchpoint (
  tenant_id VARBINARY(64) NOT NULL,
  touchpoint_id VARBINARY(64) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, touchpoint_id)
) ENGINE=InnoDB;

CREATE TABLE channel (
  tenant_id VARBINARY(64) NOT NULL,
  channel_id VARBINARY(64) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, channel_id)
) ENGINE=InnoDB;

-- Whose each name is: `kind` is "touchpoint" or "channel", `alias` in NFC and lower case.
CREATE TABLE catalogue_alias (
  tenant_id VARBINARY(64) NOT NULL,
  kind VARBINARY(16) NOT NULL,
  alias VARBINARY(256) NOT NULL,
  target VARBINARY(64) NOT NULL,
  PRIMARY KEY (tenant_id, kind, alias)
) ENGINE=InnoDB;

-- What became of an item: one row per statement, never changed. `body` is hoiam.survey.v1.Usage, `dispatch` as an interaction's.
CREATE TABLE usage_record (
  tenant_id VARBINARY(64) NOT NULL,
  usage_id VARBINARY(128) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  dispatch MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, usage_id),
  KEY by_customer (tenant_id, customer_id, occurred_at, usage_id)
) ENGINE=InnoDB;

-- Where each item stands now. `body` is hoiam.survey.v1.Usage.
CREATE TABLE usage_item (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  item VARBINARY(128) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, item)
) ENGINE=InnoDB;

-- Proof of what a customer said about being asked: one row per statement, never changed. `body` is hoiam.survey.v1.Consent. It takes
-- the place of `consent`, whose rows are read as statements too.
CREATE TABLE consent_statement (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  consent_id VARBINARY(128) NOT NULL,
  stated_at DATETIME(6) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, consent_id),
  KEY newest (tenant_id, customer_id, stated_at, consent_id)
) ENGINE=InnoDB;

-- The latest answer of a customer to a question that is not asked again for a while. `body` is hoiam.survey.v1.Answer.
CREATE TABLE known_answer (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  question_id VARBINARY(64) NOT NULL,
  answered_at DATETIME(6) NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, question_id)
) ENGINE=InnoDB;

-- What an anonymous answer can be claimed by: SHA-256 of the tenant and the order or phone.
CREATE TABLE response_claim (
  tenant_id VARBINARY(64) NOT NULL,
  claim_hash BINARY(32) NOT NULL,
  response_id VARBINARY(128) NOT NULL,
  PRIMARY KEY (tenant_id, claim_hash, response_id)
) ENGINE=InnoDB;
