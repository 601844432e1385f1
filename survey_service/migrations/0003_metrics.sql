-- Metrics of the tenant's own: every version of each, kept for ever. body is hoiam.survey.v1.Metric.
CREATE TABLE metric_version (
  tenant_id VARBINARY(64) NOT NULL,
  metric_id VARBINARY(16) NOT NULL,
  version INT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id, metric_id, version)
) ENGINE=InnoDB;

-- Whom the tenant wants as customers. body is hoiam.survey.v1.IcpProfile.
CREATE TABLE icp_profile (
  tenant_id VARBINARY(64) NOT NULL,
  revision BIGINT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (tenant_id)
) ENGINE=InnoDB;
