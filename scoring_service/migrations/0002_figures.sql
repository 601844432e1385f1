-- Figures of every metric, by generation: a rebuild makes a new generation of all projections beside the one that is shown.
-- What was counted by 0001 is counted again from the feed, which still holds everything; `hoiam rebuild scoring` adds what
-- its older events do not tell (which attribute of a CSI an answer rated).
DROP TABLE answer;
DROP TABLE customer_spend;
DROP TABLE rollup;
DROP TABLE reporting_zone;
DROP TABLE timeline;
DROP TABLE customer_case;
DROP TABLE sheet;
DELETE FROM feed_cursor;
DELETE FROM feed_parked;

-- state: 1 reading, 2 catching up, 3 done, 4 failed, 5 replaced: deleted from lease_until on. zone: the zone that rollup.day is of.
-- layout: what the program that made it calls its way of counting (scoring_service/limits.h). lease_owner may read it or delete it
-- until lease_until, then anybody. request: who asked for it with which Idempotency-Key, as SHA-256; '' without one.
CREATE TABLE generation (
  number BIGINT NOT NULL,
  state TINYINT NOT NULL,
  zone VARBINARY(64) NOT NULL,
  layout INT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6),
  rows_read BIGINT NOT NULL,
  rows_total BIGINT NOT NULL,
  error TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lease_owner VARBINARY(64) NOT NULL,
  lease_until DATETIME(6) NOT NULL,
  request VARBINARY(32) NOT NULL,
  PRIMARY KEY (number)
) ENGINE=InnoDB;

-- The generation that reads are of. One row.
CREATE TABLE shown_generation (
  id TINYINT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB;

-- Answers as counted. metric: its id, '' none; version: of the metric's formula. scope: 1–5 as hoiam.survey.v1.Scope.
-- kind: 0 unsolicited, 1 solicited, 2 incentivised. band: as hoiam.scoring.v1.Band. counted: has observations and is not void.
-- customer_id is empty for an anonymous answer. represented is the money it stands for, as counted:
-- "USD=12.500000/0.000000;VND=1250000.000000/30000.000000" (revenue/cost). observations: hoiam.scoring.v1.StoredObservations.
CREATE TABLE answer (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  response_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  metric VARBINARY(16) NOT NULL,
  version INT NOT NULL,
  score TINYINT,
  band TINYINT NOT NULL,
  scope TINYINT NOT NULL,
  kind TINYINT NOT NULL,
  counted TINYINT NOT NULL,
  voided TINYINT NOT NULL,
  full_effects TINYINT NOT NULL,
  responded_at DATETIME(6) NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  survey VARBINARY(64) NOT NULL,
  touchpoint VARBINARY(64) NOT NULL,
  channel VARBINARY(64) NOT NULL,
  segment VARBINARY(64) NOT NULL,
  team VARBINARY(64) NOT NULL,
  collected_by VARBINARY(64) NOT NULL,
  usage_status VARBINARY(64) NOT NULL,
  icp_fit VARBINARY(16) NOT NULL,
  stage VARBINARY(16) NOT NULL,
  represented VARBINARY(8192) NOT NULL,
  observations BLOB NOT NULL,
  comment VARBINARY(1024) NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id, response_id),
  KEY by_time (tenant_id, generation, metric, scope, kind, counted, responded_at, customer_id, response_id)
) ENGINE=InnoDB;

-- Interactions, as far as money and counting of interactions go. currency is empty when no money was involved.
CREATE TABLE customer_spend (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  voided TINYINT NOT NULL,
  type VARBINARY(64) NOT NULL,
  currency VARBINARY(3) NOT NULL,
  amount DECIMAL(38,6) NOT NULL,
  cost DECIMAL(38,6) NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id, interaction_id)
) ENGINE=InnoDB;

-- Histograms of counted answers with the money they stand for, per cut and day. tally is hoiam.scoring.v1.StoredTally; a row
-- whose last answer was taken back is deleted. cut: 0 everything; 1–8 survey, touchpoint, channel, segment, team, collectedBy,
-- usageStatus, icpFit; 9 stage with touchpoint; 21–27 survey with each of the others. item: '' all answers; else a part of
-- them, in cuts 0–9 only: a reason that was chosen ("QUESTION/OPTION"), an object or attribute of a CSI ("service/speed").
-- day: days since 1970-01-01 in the generation's zone. A range of days of one key is one range of the primary key.
CREATE TABLE rollup (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  metric VARBINARY(16) NOT NULL,
  version INT NOT NULL,
  scope TINYINT NOT NULL,
  kind TINYINT NOT NULL,
  cut TINYINT NOT NULL,
  key1 VARBINARY(64) NOT NULL,
  key2 VARBINARY(64) NOT NULL,
  item VARBINARY(130) NOT NULL,
  day INT NOT NULL,
  tally BLOB NOT NULL,
  PRIMARY KEY (tenant_id, generation, metric, version, scope, kind, cut, key1, key2, item, day)
) ENGINE=InnoDB;

-- Everything that happened with a customer. kind: 1 interaction, 2 invitation, 3 response, 4 case, 5 usage. entry and answers
-- are two parts of one serialized hoiam.scoring.v1.HistoryEntry. happened_at is NULL while the answers to an interaction are
-- here and the interaction is not: such a row is not shown.
CREATE TABLE timeline (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  kind TINYINT NOT NULL,
  entity_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  happened_at DATETIME(6),
  entry MEDIUMBLOB NOT NULL,
  answers MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id, kind, entity_id),
  KEY by_time (tenant_id, generation, customer_id, happened_at DESC, kind DESC, entity_id DESC)
) ENGINE=InnoDB;

-- Cases, as far as sheets and figures go. Written by the feed of loop_service only, as `sheet` is by that of survey_service
-- only: two writers of one row would overwrite each other. act_by: by when, while open, the customer
-- has to be contacted, or, once contacted, the case to be resolved.
CREATE TABLE customer_case (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  case_id VARBINARY(128) NOT NULL,
  version BIGINT NOT NULL,
  is_open TINYINT NOT NULL,
  detractor TINYINT NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  resolved_at DATETIME(6),
  act_by DATETIME(6),
  contacted TINYINT NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id, case_id),
  KEY by_state (tenant_id, generation, is_open, opened_at)
) ENGINE=InnoDB;

-- One customer's satisfaction, apart from the cases. standings: hoiam.scoring.v1.StoredStandings, the last answer of each metric.
CREATE TABLE sheet (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  standings BLOB NOT NULL,
  rated_interactions BIGINT NOT NULL,
  total_interactions BIGINT NOT NULL,
  next_eligible_at DATETIME(6),
  PRIMARY KEY (tenant_id, generation, customer_id)
) ENGINE=InnoDB;

-- Customers whose last NPS is 7 or 8. rank: 0 fits the ideal customer profile, 1 not known, 2 does not. hidden: the last CSAT is 4–5.
CREATE TABLE passive (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  nps TINYINT NOT NULL,
  hidden TINYINT NOT NULL,
  icp_rank TINYINT NOT NULL,
  nps_at DATETIME(6) NOT NULL,
  csat TINYINT,
  represented VARBINARY(8192) NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id),
  KEY in_order (tenant_id, generation, icp_rank, nps, customer_id, hidden)
) ENGINE=InnoDB;

-- Customers, as far as groups and their sizes go.
CREATE TABLE person (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  segment VARBINARY(64) NOT NULL,
  team VARBINARY(64) NOT NULL,
  icp_fit VARBINARY(16) NOT NULL,
  lifecycle TINYINT NOT NULL,
  kind TINYINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id)
) ENGINE=InnoDB;

-- The latest status of each item of a customer. body: hoiam.survey.v1.Usage.
CREATE TABLE item_status (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  item VARBINARY(128) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  usage_id VARBINARY(128) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, generation, customer_id, item)
) ENGINE=InnoDB;

-- Versions of the tenant's own metrics. body: hoiam.survey.v1.Metric.
CREATE TABLE metric_def (
  tenant_id VARBINARY(64) NOT NULL,
  generation BIGINT NOT NULL,
  metric_id VARBINARY(16) NOT NULL,
  version INT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, generation, metric_id, version)
) ENGINE=InnoDB;

-- Settings of this service's own, of no generation. body: hoiam.scoring.v1.Target and Improvement.
CREATE TABLE target (
  tenant_id VARBINARY(64) NOT NULL,
  target_id VARBINARY(64) NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, target_id)
) ENGINE=InnoDB;

CREATE TABLE improvement (
  tenant_id VARBINARY(64) NOT NULL,
  improvement_id VARBINARY(64) NOT NULL,
  start_time DATETIME(6) NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, improvement_id),
  KEY newest (tenant_id, start_time, improvement_id)
) ENGINE=InnoDB;
