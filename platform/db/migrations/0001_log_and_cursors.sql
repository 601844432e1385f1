-- What every service has: its log, its cursors in the logs of others, and the replies it would give again.
CREATE TABLE event_head (
  partition_id INT NOT NULL,
  next_seq BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  PRIMARY KEY (partition_id)
) ENGINE=InnoDB;

CREATE TABLE event_log (
  partition_id INT NOT NULL,
  seq BIGINT NOT NULL,
  batch_id BINARY(16) NOT NULL,
  envelope MEDIUMBLOB NOT NULL,
  committed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (partition_id, seq)
) ENGINE=InnoDB;

-- parked_version changes whenever feed_parked does, so that the compare-and-set of a cursor also notices that.
CREATE TABLE feed_cursor (
  consumer VARBINARY(32) NOT NULL,
  source VARBINARY(32) NOT NULL,
  partition_id INT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  parked_version BIGINT NOT NULL,
  PRIMARY KEY (consumer, source, partition_id)
) ENGINE=InnoDB;

CREATE TABLE feed_parked (
  consumer VARBINARY(32) NOT NULL,
  source VARBINARY(32) NOT NULL,
  partition_id INT NOT NULL,
  seq BIGINT NOT NULL,
  position INT NOT NULL,
  tenant_id VARBINARY(64) NOT NULL,
  subject VARBINARY(128) NOT NULL,
  event MEDIUMBLOB NOT NULL,
  error TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  parked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (consumer, source, partition_id, seq, position)
) ENGINE=InnoDB;

CREATE TABLE idempotency (
  tenant_id VARBINARY(64) NOT NULL,
  principal VARBINARY(64) NOT NULL,
  method VARBINARY(128) NOT NULL,
  idempotency_key VARBINARY(255) NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  reply MEDIUMBLOB NOT NULL,
  subject VARBINARY(128) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, principal, method, idempotency_key),
  KEY by_expiry (expires_at),
  KEY by_subject (tenant_id, subject)
) ENGINE=InnoDB;
