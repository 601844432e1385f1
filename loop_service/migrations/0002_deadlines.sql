-- When the clock must look at an open case next: its earliest deadline that is neither met nor marked in its history.
CREATE TABLE case_due (
  tenant_id VARBINARY(64) NOT NULL,
  case_id BINARY(16) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant_id, case_id),
  KEY by_time (due_at)
) ENGINE=InnoDB;

-- Cases from before are looked at once, which tells when to look again.
INSERT INTO case_due (tenant_id, case_id, due_at)
SELECT tenant_id, case_id, create_time FROM loop_case WHERE is_open = 1;
