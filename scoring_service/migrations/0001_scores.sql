-- What scoring_service knows, all of it made from the feeds of survey_service and loop_service.

-- Answers as counted. metric: 1 NPS, 2 CSAT, 3 CES, 0 none. counted: has a score and is not void. customer_id is empty for
-- an anonymous answer. revenue is what the answer represents, as counted: "USD=12.500000;VND=1250000.000000".
CREATE TABLE answer (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  response_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  metric TINYINT NOT NULL,
  score TINYINT,
  solicited TINYINT NOT NULL,
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
  revenue VARBINARY(4096) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, response_id),
  KEY by_time (tenant_id, metric, solicited, counted, responded_at, customer_id, response_id)
) ENGINE=InnoDB;

-- Interactions, as far as money and counting of interactions go. currency is empty when no money was involved.
CREATE TABLE customer_spend (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  voided TINYINT NOT NULL,
  currency VARBINARY(3) NOT NULL,
  amount DECIMAL(38,6) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, interaction_id)
) ENGINE=InnoDB;

-- Histograms of counted answers and of the revenue they represent, per cut, day and currency: n<i> answers with score i,
-- r<i> their revenue in `currency`. An answer is counted in the row of its first currency, or in that of '' when it
-- represents no revenue: sums over currencies are exact, and most answers touch one row per cut.
-- cut: 0 everything, 1–6 survey, touchpoint, channel, segment, team, collectedBy, 21–25 survey with each of the others.
-- day: days since 1970-01-01 in the reporting zone. A range of days of one key is one range of the primary key.
CREATE TABLE rollup (
  tenant_id VARBINARY(64) NOT NULL,
  metric TINYINT NOT NULL,
  solicited TINYINT NOT NULL,
  cut TINYINT NOT NULL,
  key1 VARBINARY(64) NOT NULL,
  key2 VARBINARY(64) NOT NULL,
  day INT NOT NULL,
  currency VARBINARY(3) NOT NULL,
  n0 BIGINT NOT NULL,
  n1 BIGINT NOT NULL,
  n2 BIGINT NOT NULL,
  n3 BIGINT NOT NULL,
  n4 BIGINT NOT NULL,
  n5 BIGINT NOT NULL,
  n6 BIGINT NOT NULL,
  n7 BIGINT NOT NULL,
  n8 BIGINT NOT NULL,
  n9 BIGINT NOT NULL,
  n10 BIGINT NOT NULL,
  r0 DECIMAL(38,6) NOT NULL,
  r1 DECIMAL(38,6) NOT NULL,
  r2 DECIMAL(38,6) NOT NULL,
  r3 DECIMAL(38,6) NOT NULL,
  r4 DECIMAL(38,6) NOT NULL,
  r5 DECIMAL(38,6) NOT NULL,
  r6 DECIMAL(38,6) NOT NULL,
  r7 DECIMAL(38,6) NOT NULL,
  r8 DECIMAL(38,6) NOT NULL,
  r9 DECIMAL(38,6) NOT NULL,
  r10 DECIMAL(38,6) NOT NULL,
  PRIMARY KEY (tenant_id, metric, solicited, cut, key1, key2, day, currency)
) ENGINE=InnoDB;

-- The zone that rollup.day is of. One row: changing the zone means counting again.
CREATE TABLE reporting_zone (
  id TINYINT NOT NULL,
  name VARBINARY(64) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB;

-- Everything that happened with a customer. kind: 1 interaction, 2 invitation, 3 response, 4 case. entry and answers are
-- two parts of one serialized hoiam.scoring.v1.HistoryEntry. happened_at is NULL while the answers to an interaction are
-- here and the interaction is not: such a row is not shown.
CREATE TABLE timeline (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  kind TINYINT NOT NULL,
  entity_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  happened_at DATETIME(6),
  entry MEDIUMBLOB NOT NULL,
  answers MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, kind, entity_id),
  KEY by_time (tenant_id, customer_id, happened_at DESC, kind DESC, entity_id DESC)
) ENGINE=InnoDB;

-- Cases, as far as the satisfaction sheet goes. Written by the feed of loop_service only, as `sheet` is by that of
-- survey_service only: two writers of one row would overwrite each other.
CREATE TABLE customer_case (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  case_id VARBINARY(128) NOT NULL,
  version BIGINT NOT NULL,
  is_open TINYINT NOT NULL,
  detractor TINYINT NOT NULL,
  resolved_at DATETIME(6),
  PRIMARY KEY (tenant_id, customer_id, case_id)
) ENGINE=InnoDB;

-- One customer's satisfaction, apart from the cases. <metric>_full: the last answer had full effects (imported history has not).
CREATE TABLE sheet (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  nps_score TINYINT,
  nps_at DATETIME(6),
  nps_full TINYINT NOT NULL,
  nps_previous TINYINT,
  csat_score TINYINT,
  csat_at DATETIME(6),
  csat_full TINYINT NOT NULL,
  csat_previous TINYINT,
  ces_score TINYINT,
  ces_at DATETIME(6),
  ces_full TINYINT NOT NULL,
  ces_previous TINYINT,
  rated_interactions BIGINT NOT NULL,
  total_interactions BIGINT NOT NULL,
  next_eligible_at DATETIME(6),
  PRIMARY KEY (tenant_id, customer_id)
) ENGINE=InnoDB;
