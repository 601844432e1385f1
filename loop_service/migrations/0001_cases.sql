-- One unhappy customer being looked after. `body` is the case as hoiam.loop.v1.Case; the columns are what queries need of it.
CREATE TABLE loop_case (
  tenant_id VARBINARY(64) NOT NULL,
  case_id BINARY(16) NOT NULL,
  subject VARBINARY(128) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  kind VARBINARY(16) NOT NULL,
  state VARBINARY(32) NOT NULL,
  is_open TINYINT NOT NULL,
  priority VARBINARY(8) NOT NULL,
  owner VARBINARY(128) NOT NULL,
  team VARBINARY(64) NOT NULL,
  version BIGINT NOT NULL,
  create_time DATETIME(6) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  KEY newest (tenant_id, create_time, case_id),
  KEY by_open (tenant_id, is_open, create_time, case_id),
  KEY by_state (tenant_id, state, create_time, case_id),
  KEY by_kind (tenant_id, kind, create_time, case_id),
  KEY by_priority (tenant_id, priority, create_time, case_id),
  KEY by_customer (tenant_id, customer_id, create_time, case_id),
  KEY by_owner (tenant_id, owner, create_time, case_id),
  KEY by_team (tenant_id, team, create_time, case_id)
) ENGINE=InnoDB;

-- The promise that every detractor answer with full effects is in exactly one case.
CREATE TABLE case_answer (
  tenant_id VARBINARY(64) NOT NULL,
  response_id VARBINARY(128) NOT NULL,
  case_id BINARY(16) NOT NULL,
  role VARBINARY(16) NOT NULL,
  revision BIGINT NOT NULL,
  voided TINYINT NOT NULL,
  PRIMARY KEY (tenant_id, response_id)
) ENGINE=InnoDB;

-- The open case of a customer, at most one per kind. Anonymous answers have none: there is nobody to recognise.
CREATE TABLE open_case (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  kind VARBINARY(16) NOT NULL,
  case_id BINARY(16) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, kind)
) ENGINE=InnoDB;

-- Notes by the caller's own id, so that a repeated call changes nothing. The text itself is in the case's history.
CREATE TABLE case_note (
  tenant_id VARBINARY(64) NOT NULL,
  case_id BINARY(16) NOT NULL,
  note_id VARBINARY(128) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, case_id, note_id)
) ENGINE=InnoDB;
