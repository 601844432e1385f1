-- A person that the CRM knows. `body` is hoiam.survey.v1.Customer; the columns are what lists need of it.
CREATE TABLE customer (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  update_time DATETIME(6) NOT NULL,
  phone VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  segment VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id),
  KEY by_change (tenant_id, update_time, customer_id),
  KEY by_phone (tenant_id, phone, update_time, customer_id),
  KEY by_email (tenant_id, email, update_time, customer_id)
) ENGINE=InnoDB;

-- Proof of what a customer asked for: never changed, one row per wish.
CREATE TABLE consent (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  stated_at DATETIME(6) NOT NULL,
  wish VARBINARY(32) NOT NULL,
  stated_by VARBINARY(128) NOT NULL,
  reason TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, stated_at)
) ENGINE=InnoDB;

-- What happened between the company and a customer. `body` is hoiam.survey.v1.Interaction; `dispatch` is what each survey
-- decided about it, with rule and time, as hoiam.survey.v1.RecordInteractionResponse; `fingerprint` tells a repeated request
-- from another one with the same id.
CREATE TABLE interaction (
  tenant_id VARBINARY(64) NOT NULL,
  interaction_id VARBINARY(128) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  dispatch MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, interaction_id)
) ENGINE=InnoDB;

-- What is asked, as it is now. `body` is hoiam.survey.v1.Survey.
CREATE TABLE survey (
  tenant_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, survey_id)
) ENGINE=InnoDB;

-- Every version of a survey: answers are checked against the one they were asked with.
CREATE TABLE survey_version (
  tenant_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, survey_id, version)
) ENGINE=InnoDB;

-- The surveys that interactions are decided by, all of a tenant read at once. `body` is the survey without its texts.
CREATE TABLE active_survey (
  tenant_id VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, survey_id)
) ENGINE=InnoDB;

-- One person asked once; all of one customer together, because they are the fatigue ledger. `body` is
-- hoiam.survey.v1.Invitation without its link. Tokens are 128 random bits of one key: they need no tenant.
CREATE TABLE invitation (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  invitation_id VARBINARY(128) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  create_time DATETIME(6) NOT NULL,
  token_hash BINARY(32) NOT NULL,
  key_id VARBINARY(16) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, invitation_id),
  KEY by_id (tenant_id, invitation_id),
  KEY by_survey (tenant_id, survey_id, create_time, invitation_id),
  KEY by_token (token_hash)
) ENGINE=InnoDB;

-- Ids that callers chose for their invitations: one id belongs to one customer, whatever the partition it is decided in.
CREATE TABLE invitation_claim (
  tenant_id VARBINARY(64) NOT NULL,
  invitation_id VARBINARY(128) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  PRIMARY KEY (tenant_id, invitation_id)
) ENGINE=InnoDB;

-- What a person answered. `body` is hoiam.survey.v1.Response; the columns are what lists filter on, all of them in one
-- index in the order of the list.
CREATE TABLE response (
  tenant_id VARBINARY(64) NOT NULL,
  response_id VARBINARY(128) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  responded_at DATETIME(6) NOT NULL,
  metric VARBINARY(16) NOT NULL,
  score INT NULL,
  touchpoint VARBINARY(64) NOT NULL,
  survey_id VARBINARY(64) NOT NULL,
  segment VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  body MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, response_id),
  KEY newest (tenant_id, responded_at, response_id, metric, score, touchpoint, survey_id, segment),
  KEY by_customer (tenant_id, customer_id, responded_at, response_id)
) ENGINE=InnoDB;

-- The scores a customer has given for one metric, in order of time, 17 bytes each: what the answer before was is read here.
CREATE TABLE standing (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  metric VARBINARY(16) NOT NULL,
  scores MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, customer_id, metric)
) ENGINE=InnoDB;
