-- The playbook: what a tenant made, or changed from what Hoiam brings. `kind` is TEAM, MEMBER, CALENDAR, ROOT_CAUSE, ALARM_RULE or POLICY,
-- `body` the message of that name in hoiam.loop.v1.
CREATE TABLE setting (
  tenant_id VARBINARY(64) NOT NULL,
  kind VARBINARY(16) NOT NULL,
  setting_id VARBINARY(128) NOT NULL,
  revision BIGINT NOT NULL,
  update_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, kind, setting_id)
) ENGINE=InnoDB;

-- Counts the changes of a tenant's playbook: whoever holds one of this version need not read it again.
CREATE TABLE playbook (
  tenant_id VARBINARY(64) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB;

-- What is to be done at a time (platform/due). `kind` 1: the clock of a case; 2: a mail.
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

-- Cases from before are looked at once, which tells when to look again.
INSERT INTO due_work (tenant_id, subject, kind, work_id, due_at, owner, attempts)
SELECT tenant_id, subject, 1, case_id, create_time, '', 0 FROM loop_case WHERE is_open = 1 OR state = 'RESOLVED';

DROP TABLE case_due;

ALTER TABLE loop_case
  ADD COLUMN touchpoint VARBINARY(64) NOT NULL DEFAULT '',
  ADD COLUMN root_cause VARBINARY(64) NOT NULL DEFAULT '',
  ADD COLUMN origin VARBINARY(16) NOT NULL DEFAULT 'REACTIVE',
  DROP KEY by_team,
  DROP KEY by_owner,
  ADD KEY by_team (tenant_id, team, is_open, create_time, case_id),
  ADD KEY by_owner (tenant_id, owner, is_open, create_time, case_id),
  ADD KEY by_cause (tenant_id, root_cause, create_time, case_id),
  ADD KEY by_origin (tenant_id, origin, create_time, case_id),
  ADD KEY by_touchpoint (tenant_id, touchpoint, create_time, case_id);

-- Cases as figures, narrow and in the order of time: what the loop rate is counted from. Written with every change of a case; one from
-- before is in it from its next change on. `start_time`: when it was last opened or reopened. `handoff_waits`: seconds, by commas.
CREATE TABLE case_fact (
  tenant_id VARBINARY(64) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  case_id BINARY(16) NOT NULL,
  kind VARBINARY(16) NOT NULL,
  state VARBINARY(32) NOT NULL,
  priority VARBINARY(8) NOT NULL,
  origin VARBINARY(16) NOT NULL,
  owned TINYINT NOT NULL,
  team VARBINARY(64) NOT NULL,
  root_cause VARBINARY(64) NOT NULL,
  touchpoint VARBINARY(64) NOT NULL,
  answers INT NOT NULL,
  start_time DATETIME(6) NOT NULL,
  acknowledge_time DATETIME(6),
  contact_time DATETIME(6),
  resolve_time DATETIME(6),
  contact_by DATETIME(6) NOT NULL,
  handoff_waits VARBINARY(512) NOT NULL,
  said_twice TINYINT NOT NULL,
  verification VARBINARY(16) NOT NULL,
  PRIMARY KEY (tenant_id, create_time, case_id)
) ENGINE=InnoDB;

-- How many open cases a person has, to know who has the fewest. Kept in step with owner and is_open of loop_case.
CREATE TABLE owner_load (
  tenant_id VARBINARY(64) NOT NULL,
  owner VARBINARY(128) NOT NULL,
  open_cases BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, owner)
) ENGINE=InnoDB;

INSERT INTO owner_load (tenant_id, owner, open_cases)
SELECT tenant_id, owner, COUNT(*) FROM loop_case WHERE is_open = 1 AND owner <> '' GROUP BY tenant_id, owner;

-- Cases of a customer that are resolved and wait to be verified.
CREATE TABLE resolved_case (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  case_id BINARY(16) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, case_id)
) ENGINE=InnoDB;

INSERT INTO resolved_case (tenant_id, customer_id, case_id)
SELECT tenant_id, customer_id, case_id FROM loop_case WHERE state = 'RESOLVED' AND customer_id <> '';

-- Fixes of a cause: for a PERSON, at a TOUCHPOINT, in a SHOP, of a LOT. `body` is hoiam.loop.v1.FixList.
CREATE TABLE fix (
  tenant_id VARBINARY(64) NOT NULL,
  scope_kind VARBINARY(16) NOT NULL,
  scope_id VARBINARY(128) NOT NULL,
  root_cause VARBINARY(64) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, scope_kind, scope_id, root_cause)
) ENGINE=InnoDB;

-- What of interactions cases need: amounts, by month of occurred_at (year * 12 + month - 1) so that a year can be read …
CREATE TABLE purchase (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  month INT NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  amount DECIMAL(38,6) NOT NULL,
  currency VARBINARY(3) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, month, interaction_id)
) ENGINE=InnoDB;

-- … and what is open: COMPLAINT and RETURN, neither completed nor voided.
CREATE TABLE open_interaction (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  type VARBINARY(64) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, interaction_id)
) ENGINE=InnoDB;

-- Refusals and overrides of the do-not-sell gate. `body` is hoiam.loop.v1.OfferCheck.
CREATE TABLE offer_check (
  tenant_id VARBINARY(64) NOT NULL,
  check_id BINARY(16) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  overridden TINYINT NOT NULL,
  create_time DATETIME(6) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, check_id),
  KEY newest (tenant_id, create_time, check_id),
  KEY by_customer (tenant_id, customer_id, create_time, check_id),
  KEY by_overridden (tenant_id, overridden, create_time, check_id)
) ENGINE=InnoDB;

-- The conversation with the customer. `body` is hoiam.loop.v1.CaseMessage.
CREATE TABLE case_message (
  tenant_id VARBINARY(64) NOT NULL,
  case_id BINARY(16) NOT NULL,
  message_id VARBINARY(128) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, case_id, message_id),
  KEY in_order (tenant_id, case_id, create_time, message_id)
) ENGINE=InnoDB;

-- Mails that came, by SHA-256 of their Message-ID: the same mail counts once.
CREATE TABLE received_mail (
  tenant_id VARBINARY(64) NOT NULL,
  mail_hash BINARY(32) NOT NULL,
  case_id BINARY(16) NOT NULL,
  message_id VARBINARY(128) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, mail_hash),
  KEY by_case (tenant_id, case_id, create_time)
) ENGINE=InnoDB;

-- Mails that go out; the work to send them is in due_work. A customer's address is not in here. `body` says what to write and to whom.
CREATE TABLE case_mail (
  tenant_id VARBINARY(64) NOT NULL,
  case_id BINARY(16) NOT NULL,
  mail_id BINARY(16) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, case_id, mail_id)
) ENGINE=InnoDB;
