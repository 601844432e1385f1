-- An interaction's entry knows how many of its answers count: whether it is rated is told without looking at them.
ALTER TABLE timeline ADD COLUMN counted INT NOT NULL DEFAULT 0;
