-- What is sent in place of the standard body, and of which events. With a template the address is a secret: `sealed_url` holds it, sealed with
-- the key file, and `url` only what of it is shown. Empty: `url` is the address.
ALTER TABLE webhook
  ADD COLUMN body_template VARBINARY(16384) NOT NULL DEFAULT '',
  ADD COLUMN content_type VARBINARY(128) NOT NULL DEFAULT '',
  ADD COLUMN filter VARBINARY(2048) NOT NULL DEFAULT '',
  ADD COLUMN sealed_url VARBINARY(2304) NOT NULL DEFAULT '';
