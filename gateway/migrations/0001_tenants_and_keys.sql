-- Who uses this installation, and the keys by which they call.
CREATE TABLE tenant (
  tenant_id    VARBINARY(64) NOT NULL,
  display_name VARCHAR(256) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  created_at   DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB;

-- `secret_hash` is SHA-256 of the key's text; the text itself is stored nowhere. Looked up by it before the tenant is known.
CREATE TABLE api_key (
  tenant_id   VARBINARY(64) NOT NULL,
  key_id      VARBINARY(64) NOT NULL,
  principal   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  scopes      VARBINARY(1024) NOT NULL,
  secret_hash BINARY(32) NOT NULL,
  prefix      VARBINARY(16) NOT NULL,
  created_at  DATETIME(6) NOT NULL,
  expires_at  DATETIME(6) NULL,
  revoked_at  DATETIME(6) NULL,
  PRIMARY KEY (tenant_id, key_id),
  UNIQUE KEY api_key_by_secret (secret_hash)
) ENGINE=InnoDB;

-- When a key was last used, to the minute. Apart from api_key, so that noting a use never races with a change of the key.
CREATE TABLE api_key_use (
  tenant_id    VARBINARY(64) NOT NULL,
  key_id       VARBINARY(64) NOT NULL,
  last_used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, key_id)
) ENGINE=InnoDB;
