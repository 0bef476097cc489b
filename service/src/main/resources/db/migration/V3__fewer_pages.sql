-- The same rows on fewer pages: what a commit costs is the pages it changes, each written whole.
-- docs/decisions/0013-rows-on-fewer-pages.md says what is changed and why.
--
-- WITHOUT ROWID is the one word that PostgreSQL does not know. It says where rows lie, not what they
-- mean, and a database that begins there has nothing to rebuild: its own form of this file leaves it
-- out.
--
-- Old tables step aside with the foreign keys between them, so that dropping them in the end cannot
-- reach a new row, whether foreign keys are enforced meanwhile or not.

DROP INDEX one_active;
DROP INDEX runs_open;
DROP INDEX runs_leased;
DROP INDEX runs_remembered;
DROP INDEX runs_waiting;
DROP INDEX runs_expiring;
DROP INDEX runs_vanishing;
DROP INDEX messages_of_run;
DROP INDEX idempotency_of_run;
DROP INDEX idempotency_expiry;

ALTER TABLE threads RENAME TO threads_before;
ALTER TABLE runs RENAME TO runs_before;
ALTER TABLE messages RENAME TO messages_before;
ALTER TABLE deleted_messages RENAME TO deleted_messages_before;
ALTER TABLE run_steps RENAME TO run_steps_before;
ALTER TABLE tool_calls RENAME TO tool_calls_before;
ALTER TABLE approvals RENAME TO approvals_before;
ALTER TABLE run_events RENAME TO run_events_before;
ALTER TABLE idempotency RENAME TO idempotency_before;

CREATE TABLE threads (
    tenant_id           TEXT    NOT NULL,
    id                  TEXT    NOT NULL,
    owner_name          TEXT    NOT NULL,
    assistant_id        TEXT,
    created_at          BIGINT  NOT NULL,
    metadata_json       TEXT    NOT NULL,
    tool_resources_json TEXT,
    ephemeral           INTEGER NOT NULL,
    next_message_seq    BIGINT  NOT NULL,
    next_run_seq        BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITHOUT ROWID;

-- Whose a run is, and where it stands. Written at every step, so it is small: what may be long and
-- never changes is in run_requests. The key begins with the id, by which alone a run is found too.
CREATE TABLE runs (
    tenant_id           TEXT    NOT NULL,
    id                  TEXT    NOT NULL,
    thread_id           TEXT    NOT NULL,
    thread_seq          BIGINT  NOT NULL,
    assistant_id        TEXT    NOT NULL,
    assistant_version   TEXT    NOT NULL,
    principal_name      TEXT    NOT NULL,
    ephemeral           INTEGER NOT NULL,
    created_at          BIGINT  NOT NULL,
    accepted_at         BIGINT  NOT NULL,
    deadline_at         BIGINT  NOT NULL,
    -- Kept here while the run is queued; its place in the thread once it has left the queue.
    message_json        TEXT,
    message_seq         BIGINT,
    -- Where it stands.
    status              TEXT    NOT NULL,
    started_at          BIGINT,
    ended_at            BIGINT,
    error_json          TEXT,
    incomplete_reason   TEXT,
    required_calls_json TEXT    NOT NULL,
    prompt_tokens       BIGINT,
    completion_tokens   BIGINT,
    cancel_requested    INTEGER NOT NULL,
    pack_digests_json   TEXT    NOT NULL,
    -- Who has it. An active run without owner was given back.
    epoch               INTEGER NOT NULL,
    attempt             INTEGER NOT NULL,
    owner               TEXT,
    lease_ms            BIGINT,
    lease_until         BIGINT,
    -- Never later than lease_until. Indexed in its place: it stays when a step extends the lease.
    lease_safe_until    BIGINT,
    has_events          INTEGER NOT NULL,
    PRIMARY KEY (id, tenant_id),
    UNIQUE (tenant_id, thread_id, thread_seq),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, assistant_id, assistant_version)
        REFERENCES assistants (tenant_id, id, version)
) WITHOUT ROWID;

-- What was asked of a run, never changed.
CREATE TABLE run_requests (
    tenant_id         TEXT    NOT NULL,
    id                TEXT    NOT NULL,
    correlation_id    TEXT    NOT NULL,
    model             TEXT    NOT NULL,
    instructions      TEXT    NOT NULL,
    tools_digest      TEXT    NOT NULL,
    sampling_json     TEXT    NOT NULL,
    reasoning_effort  TEXT,
    max_prompt_tokens INTEGER,
    truncation_json   TEXT,
    round_cap         INTEGER NOT NULL,
    at_cap            TEXT    NOT NULL,
    history_window    INTEGER,
    busy_policy       TEXT    NOT NULL,
    metadata_json     TEXT    NOT NULL,
    PRIMARY KEY (id, tenant_id),
    FOREIGN KEY (tenant_id, id) REFERENCES runs (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, tools_digest) REFERENCES tool_lists (tenant_id, digest)
) WITHOUT ROWID;

-- Rows of a thousand bytes, like those of run_events, lie better beside their keys than among them.
CREATE TABLE messages (
    tenant_id         TEXT   NOT NULL,
    thread_id         TEXT   NOT NULL,
    seq               BIGINT NOT NULL,
    id                TEXT   NOT NULL,
    run_id            TEXT,
    assistant_id      TEXT,
    role              TEXT   NOT NULL,
    status            TEXT   NOT NULL,
    content_json      TEXT   NOT NULL,
    attachments_json  TEXT,
    created_at        BIGINT NOT NULL,
    ended_at          BIGINT,
    incomplete_reason TEXT,
    metadata_json     TEXT   NOT NULL,
    -- By estimate, counted when the message is stored; null for messages of the first service.
    estimated_tokens  INTEGER,
    PRIMARY KEY (tenant_id, thread_id, seq),
    UNIQUE (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE deleted_messages (
    tenant_id TEXT   NOT NULL,
    thread_id TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE run_steps (
    tenant_id         TEXT    NOT NULL,
    run_id            TEXT    NOT NULL,
    seq               INTEGER NOT NULL,
    id                TEXT    NOT NULL,
    type              TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    message_id        TEXT,
    text              TEXT,
    created_at        BIGINT  NOT NULL,
    ended_at          BIGINT,
    error_json        TEXT,
    prompt_tokens     BIGINT,
    completion_tokens BIGINT,
    PRIMARY KEY (tenant_id, run_id, seq),
    FOREIGN KEY (tenant_id, run_id) REFERENCES runs (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE tool_calls (
    tenant_id     TEXT    NOT NULL,
    run_id        TEXT    NOT NULL,
    step_seq      INTEGER NOT NULL,
    idx           INTEGER NOT NULL,
    call_id       TEXT    NOT NULL,
    name          TEXT    NOT NULL,
    pack          TEXT,
    action        TEXT,
    effect        TEXT    NOT NULL,
    args_json     TEXT    NOT NULL,
    extra_json    TEXT,
    state         TEXT    NOT NULL,
    started_epoch INTEGER,
    output        TEXT,
    PRIMARY KEY (tenant_id, run_id, step_seq, idx),
    FOREIGN KEY (tenant_id, run_id, step_seq)
        REFERENCES run_steps (tenant_id, run_id, seq) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE approvals (
    tenant_id  TEXT    NOT NULL,
    run_id     TEXT    NOT NULL,
    step_seq   INTEGER NOT NULL,
    idx        INTEGER NOT NULL,
    args_hash  TEXT    NOT NULL,
    decided_by TEXT,
    decision   TEXT,
    decided_at BIGINT,
    expires_at BIGINT  NOT NULL,
    PRIMARY KEY (tenant_id, run_id, step_seq, idx),
    FOREIGN KEY (tenant_id, run_id, step_seq, idx)
        REFERENCES tool_calls (tenant_id, run_id, step_seq, idx) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE run_events (
    tenant_id     TEXT    NOT NULL,
    run_id        TEXT    NOT NULL,
    epoch         INTEGER NOT NULL,
    n             INTEGER NOT NULL,
    n_end         INTEGER NOT NULL,
    changes       INTEGER NOT NULL,
    type          TEXT    NOT NULL,
    codec_version INTEGER NOT NULL,
    payload_json  TEXT    NOT NULL,
    PRIMARY KEY (tenant_id, run_id, epoch, n),
    FOREIGN KEY (tenant_id, run_id) REFERENCES runs (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE idempotency (
    tenant_id    TEXT   NOT NULL,
    key          TEXT   NOT NULL,
    request_hash TEXT   NOT NULL,
    run_id       TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, key),
    FOREIGN KEY (tenant_id, run_id) REFERENCES runs (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

INSERT INTO threads (tenant_id, id, owner_name, assistant_id, created_at, metadata_json,
        tool_resources_json, ephemeral, next_message_seq, next_run_seq)
    SELECT tenant_id, id, owner_name, assistant_id, created_at, metadata_json,
        tool_resources_json, ephemeral, next_message_seq, next_run_seq
    FROM threads_before;

INSERT INTO runs (tenant_id, id, thread_id, thread_seq, assistant_id, assistant_version,
        principal_name, ephemeral, created_at, accepted_at, deadline_at, message_json,
        message_seq, status, started_at, ended_at, error_json, incomplete_reason,
        required_calls_json, prompt_tokens, completion_tokens, cancel_requested,
        pack_digests_json, epoch, attempt, owner, lease_ms, lease_until, lease_safe_until,
        has_events)
    SELECT tenant_id, id, thread_id, thread_seq, assistant_id, assistant_version,
        principal_name, ephemeral, created_at, accepted_at, deadline_at, message_json,
        message_seq, status, started_at, ended_at, error_json, incomplete_reason,
        required_calls_json, prompt_tokens, completion_tokens, cancel_requested,
        pack_digests_json, epoch, attempt, owner, lease_ms, lease_until, lease_until,
        has_events
    FROM runs_before;

INSERT INTO run_requests (tenant_id, id, correlation_id, model, instructions, tools_digest,
        sampling_json, reasoning_effort, max_prompt_tokens, truncation_json, round_cap, at_cap,
        history_window, busy_policy, metadata_json)
    SELECT tenant_id, id, correlation_id, model, instructions, tools_digest,
        sampling_json, reasoning_effort, max_prompt_tokens, truncation_json, round_cap, at_cap,
        history_window, busy_policy, metadata_json
    FROM runs_before;

INSERT INTO messages (tenant_id, thread_id, seq, id, run_id, assistant_id, role, status,
        content_json, attachments_json, created_at, ended_at, incomplete_reason,
        metadata_json, estimated_tokens)
    SELECT tenant_id, thread_id, seq, id, run_id, assistant_id, role, status,
        content_json, attachments_json, created_at, ended_at, incomplete_reason,
        metadata_json, estimated_tokens
    FROM messages_before;

INSERT INTO deleted_messages (tenant_id, thread_id, id, seq)
    SELECT tenant_id, thread_id, id, seq FROM deleted_messages_before;

INSERT INTO run_steps (tenant_id, run_id, seq, id, type, status, message_id, text, created_at,
        ended_at, error_json, prompt_tokens, completion_tokens)
    SELECT tenant_id, run_id, seq, id, type, status, message_id, text, created_at,
        ended_at, error_json, prompt_tokens, completion_tokens
    FROM run_steps_before;

INSERT INTO tool_calls (tenant_id, run_id, step_seq, idx, call_id, name, pack, action, effect,
        args_json, extra_json, state, started_epoch, output)
    SELECT tenant_id, run_id, step_seq, idx, call_id, name, pack, action, effect,
        args_json, extra_json, state, started_epoch, output
    FROM tool_calls_before;

INSERT INTO approvals (tenant_id, run_id, step_seq, idx, args_hash, decided_by, decision,
        decided_at, expires_at)
    SELECT tenant_id, run_id, step_seq, idx, args_hash, decided_by, decision,
        decided_at, expires_at
    FROM approvals_before;

INSERT INTO run_events (tenant_id, run_id, epoch, n, n_end, changes, type, codec_version,
        payload_json)
    SELECT tenant_id, run_id, epoch, n, n_end, changes, type, codec_version,
        payload_json
    FROM run_events_before;

INSERT INTO idempotency (tenant_id, key, request_hash, run_id, expires_at)
    SELECT tenant_id, key, request_hash, run_id, expires_at FROM idempotency_before;

DROP TABLE idempotency_before;
DROP TABLE run_events_before;
DROP TABLE approvals_before;
DROP TABLE tool_calls_before;
DROP TABLE run_steps_before;
DROP TABLE deleted_messages_before;
DROP TABLE messages_before;
DROP TABLE runs_before;
DROP TABLE threads_before;

CREATE UNIQUE INDEX one_active ON runs (tenant_id, thread_id)
    WHERE status IN ('in_progress', 'requires_action', 'cancelling');

-- Of active runs only.
CREATE INDEX runs_leased ON runs (lease_safe_until)
    WHERE status IN ('in_progress', 'requires_action', 'cancelling');

-- Runs that wait: in their order, by when they end at the latest, and those of one thread.
CREATE INDEX runs_waiting ON runs (accepted_at, thread_seq) WHERE status = 'queued';
CREATE INDEX runs_expiring ON runs (deadline_at) WHERE status = 'queued';
CREATE INDEX runs_behind ON runs (tenant_id, thread_id, thread_seq) WHERE status = 'queued';

-- Runs that are over and still to be forgotten.
CREATE INDEX runs_remembered ON runs (ended_at) WHERE has_events = 1 AND ended_at IS NOT NULL;
CREATE INDEX runs_vanishing ON runs (ended_at)
    WHERE has_events = 1 AND ephemeral = 1 AND ended_at IS NOT NULL;

CREATE INDEX messages_of_run ON messages (tenant_id, thread_id, run_id, seq);

CREATE INDEX idempotency_of_run ON idempotency (tenant_id, run_id);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);
