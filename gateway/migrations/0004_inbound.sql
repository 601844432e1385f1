-- Where tills and shops post to. `definition` is a serialized hoiam.gateway.v1.Inbound without the sender's secret, which lies
-- beside it, sealed (empty: the sender does not sign). `made_by` is a digest of the request that made it. The address holds
-- a token of which only SHA-256 is stored; looked up by it before the tenant is known.
CREATE TABLE inbound (
  tenant_id  VARBINARY(64) NOT NULL,
  inbound_id VARBINARY(64) NOT NULL,
  definition MEDIUMBLOB NOT NULL,
  secret     VARBINARY(512) NOT NULL,
  made_by    BINARY(32) NOT NULL,
  token_hash BINARY(32) NOT NULL,
  generation BIGINT NOT NULL,
  enabled    TINYINT NOT NULL,
  revision   BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, inbound_id),
  UNIQUE KEY inbound_by_token (token_hash)
) ENGINE=InnoDB;

-- When an endpoint last took a request, to the minute. Apart from inbound, so that noting it never races with a change.
CREATE TABLE inbound_use (
  tenant_id    VARBINARY(64) NOT NULL,
  inbound_id   VARBINARY(64) NOT NULL,
  last_used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, inbound_id)
) ENGINE=InnoDB;
