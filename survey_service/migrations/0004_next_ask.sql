-- When a customer can be asked again, as it was told with the latest change of an invitation (surveys and policy may have changed since);
-- NULL: at once. Whoever counts again is told the same. Customers whose invitations did not change since this table was made have no row.
CREATE TABLE next_ask (
  tenant_id VARBINARY(64) NOT NULL,
  customer_id VARBINARY(128) NOT NULL,
  eligible_at DATETIME(6),
  PRIMARY KEY (tenant_id, customer_id)
) ENGINE=InnoDB;
