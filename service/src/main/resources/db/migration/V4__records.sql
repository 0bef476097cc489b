-- What protocols remember: rows by namespace and key, most of them small. They lie in their key, as
-- docs/decisions/0013-rows-on-fewer-pages.md says; PostgreSQL's form leaves WITHOUT ROWID out.
--
-- The row with the empty key is no record: its seq is the last place that was given in the
-- namespace. It changes with every new row, so it is not among those that have their order.
CREATE TABLE records (
    tenant_id  TEXT   NOT NULL,
    namespace  TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    value_json TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, namespace, key)
) WITHOUT ROWID;

CREATE INDEX records_in_order ON records (tenant_id, namespace, seq) WHERE key <> '';
