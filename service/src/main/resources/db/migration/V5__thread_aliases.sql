-- The names that clients of a protocol have for threads of theirs, e.g. the chat id that a page made
-- up for itself. A name belongs to one owner, as the thread does, and goes with the thread. Small
-- rows, so they lie in their key (docs/decisions/0013-rows-on-fewer-pages.md; not in PostgreSQL).
CREATE TABLE thread_aliases (
    tenant_id  TEXT   NOT NULL,
    owner_name TEXT   NOT NULL,
    space      TEXT   NOT NULL,
    alias      TEXT   NOT NULL,
    thread_id  TEXT   NOT NULL,
    used_at    BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, owner_name, space, alias),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES threads (tenant_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE INDEX thread_aliases_of_thread ON thread_aliases (tenant_id, thread_id);

-- used_at is written at most once a day, so an index may know it.
CREATE INDEX thread_aliases_unused ON thread_aliases (space, used_at);
