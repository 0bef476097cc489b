-- Threads, messages, runs and what makes a run survive.
--
-- Plain SQL that SQLite and PostgreSQL both accept. Times are epoch milliseconds, truth values 0 or
-- 1, names of states lower case. Order comes from sequences, never from times. Columns ending in
-- _json hold JSON text that the store's codec reads and writes. Every table has the tenant in its
-- key, and foreign keys carry it, so that a reference across tenants cannot be stored.

CREATE TABLE assistants (
    tenant_id   TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    config_json TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, id, version)
);

-- Lists of functions offered to the model, by SHA-256 of their JSON: the same list is stored once.
CREATE TABLE tool_lists (
    tenant_id  TEXT NOT NULL,
    digest     TEXT NOT NULL,
    tools_json TEXT NOT NULL,
    PRIMARY KEY (tenant_id, digest)
);

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
    PRIMARY KEY (tenant_id, id),
    UNIQUE (id)
);

CREATE TABLE runs (
    tenant_id           TEXT    NOT NULL,
    id                  TEXT    NOT NULL,
    thread_id           TEXT    NOT NULL,
    thread_seq          BIGINT  NOT NULL,
    assistant_id        TEXT    NOT NULL,
    assistant_version   TEXT    NOT NULL,
    principal_name      TEXT    NOT NULL,
    correlation_id      TEXT    NOT NULL,
    -- What was asked.
    model               TEXT    NOT NULL,
    instructions        TEXT    NOT NULL,
    tools_digest        TEXT    NOT NULL,
    sampling_json       TEXT    NOT NULL,
    reasoning_effort    TEXT,
    max_prompt_tokens   INTEGER,
    truncation_json     TEXT,
    round_cap           INTEGER NOT NULL,
    at_cap              TEXT    NOT NULL,
    history_window      INTEGER,
    busy_policy         TEXT    NOT NULL,
    ephemeral           INTEGER NOT NULL,
    metadata_json       TEXT    NOT NULL,
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
    has_events          INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (id),
    UNIQUE (tenant_id, thread_id, thread_seq),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, assistant_id, assistant_version)
        REFERENCES assistants (tenant_id, id, version),
    FOREIGN KEY (tenant_id, tools_digest) REFERENCES tool_lists (tenant_id, digest)
);

CREATE UNIQUE INDEX one_active ON runs (tenant_id, thread_id)
    WHERE status IN ('in_progress', 'requires_action', 'cancelling');
CREATE INDEX runs_open ON runs (tenant_id, thread_id, thread_seq)
    WHERE status IN ('queued', 'in_progress', 'requires_action', 'cancelling');
CREATE INDEX runs_queued ON runs (accepted_at) WHERE status = 'queued';
CREATE INDEX runs_leased ON runs (lease_until)
    WHERE status IN ('in_progress', 'requires_action', 'cancelling');
CREATE INDEX runs_remembered ON runs (ended_at) WHERE has_events = 1;

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
    PRIMARY KEY (tenant_id, thread_id, seq),
    UNIQUE (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX messages_of_run ON messages (tenant_id, thread_id, run_id, seq);

-- Where deleted messages stood: a list goes on from there.
CREATE TABLE deleted_messages (
    tenant_id TEXT   NOT NULL,
    thread_id TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    seq       BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE
);

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
);

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
);

-- An approval covers one call with exactly these arguments.
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
);

-- The log that streams are served from. One row holds one event, or neighbouring deltas n..n_end.
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
);

CREATE INDEX idempotency_of_run ON idempotency (tenant_id, run_id);
CREATE INDEX idempotency_expiry ON idempotency (expires_at);
