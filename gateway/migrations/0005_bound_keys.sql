-- Ids of the teams a key is bound to, by commas; empty: to none.
ALTER TABLE api_key ADD COLUMN teams VARBINARY(4096) NOT NULL DEFAULT '';
