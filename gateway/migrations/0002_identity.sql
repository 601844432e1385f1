-- Numbers are those of hoiam.gateway.v1: KeyKind, Role, TenantState. The defaults are what a release before this one meant.
-- `role` other than 0: the key's scopes are those of its role, whatever `scopes` says. `test_mode` 1: calls with it are
-- calls of the tenant "<tenant_id>~test".
ALTER TABLE api_key
  ADD COLUMN kind      TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN role      TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN test_mode TINYINT NOT NULL DEFAULT 0;

-- A limit that is NULL is the installation's own.
ALTER TABLE tenant
  ADD COLUMN state               TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN suspend_reason      VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  ADD COLUMN requests_per_second INT NULL,
  ADD COLUMN concurrent_requests INT NULL,
  ADD COLUMN revision            BIGINT NOT NULL DEFAULT 1;
