-- What is told to the outside, and to whom.

-- One row per tenant, locked by everything that writes the tenant's events, webhooks or queues: `seq` and `position` are
-- dense and in commit order, whichever feed or replica wrote them.
CREATE TABLE event_order (
  tenant_id     VARBINARY(128) NOT NULL,
  next_seq      BIGINT NOT NULL,
  next_position BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB;

-- `body` is hoiam.gateway.v1.PublicEvent without link, phone, mail address and text: those are asked for when it is sent.
CREATE TABLE public_event (
  tenant_id   VARBINARY(128) NOT NULL,
  seq         BIGINT NOT NULL,
  event_id    BINARY(16) NOT NULL,
  type        VARBINARY(32) NOT NULL,
  subject     VARBINARY(128) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  body        MEDIUMBLOB NOT NULL,
  PRIMARY KEY (tenant_id, seq),
  UNIQUE KEY public_event_by_id (tenant_id, event_id),
  KEY public_event_by_time (tenant_id, occurred_at)
) ENGINE=InnoDB;

-- `generation` counts secrets, which are made from it and stored nowhere. What lies in the queue below `give_up_before` was
-- given up when the webhook was disabled. `fingerprint` is of the request that made it.
CREATE TABLE webhook (
  tenant_id             VARBINARY(128) NOT NULL,
  webhook_id            VARBINARY(64) NOT NULL,
  url                   VARBINARY(2048) NOT NULL,
  event_types           VARBINARY(1024) NOT NULL,
  description           VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  state                 TINYINT NOT NULL,
  disable_reason        TINYINT NOT NULL,
  generation            BIGINT NOT NULL,
  old_secret_expires_at DATETIME(6) NULL,
  give_up_before        BIGINT NOT NULL,
  fingerprint           BINARY(32) NOT NULL,
  revision              BIGINT NOT NULL,
  created_at            DATETIME(6) NOT NULL,
  updated_at            DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, webhook_id)
) ENGINE=InnoDB;

-- One event on its way to one webhook. `attempts` is hoiam.gateway.v1.Delivery with attempts only.
CREATE TABLE webhook_delivery (
  tenant_id  VARBINARY(128) NOT NULL,
  webhook_id VARBINARY(64) NOT NULL,
  position   BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  state      TINYINT NOT NULL,
  replay     TINYINT NOT NULL,
  due_at     DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  attempts   BLOB NOT NULL,
  PRIMARY KEY (tenant_id, webhook_id, position),
  KEY webhook_delivery_by_state (tenant_id, webhook_id, state, position)
) ENGINE=InnoDB;

-- Which replica works a webhook's queue, and how it goes. Apart from webhook, so that it never races with a change of it.
CREATE TABLE webhook_run (
  tenant_id     VARBINARY(128) NOT NULL,
  webhook_id    VARBINARY(64) NOT NULL,
  owner         VARBINARY(16) NOT NULL,
  leased_until  DATETIME(6) NOT NULL,
  failing_since DATETIME(6) NULL,
  swept_before  BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, webhook_id),
  KEY webhook_run_by_owner (owner)
) ENGINE=InnoDB;
