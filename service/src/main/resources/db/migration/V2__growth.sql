-- How many tokens a message has for a model, by estimate, counted once when it is stored. Null for
-- messages stored before: they are counted when they are read.
ALTER TABLE messages ADD COLUMN estimated_tokens INTEGER;

-- Runs that wait are looked at often: in their order, and by when they end at the latest.
DROP INDEX runs_queued;
CREATE INDEX runs_waiting ON runs (accepted_at, thread_seq) WHERE status = 'queued';
CREATE INDEX runs_expiring ON runs (deadline_at) WHERE status = 'queued';

-- Ephemeral runs to be forgotten are found among all runs of the last day.
CREATE INDEX runs_vanishing ON runs (ended_at) WHERE has_events = 1 AND ephemeral = 1;
