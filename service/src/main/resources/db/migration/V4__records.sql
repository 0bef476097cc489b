-- What protocols remember: rows by namespace and key. The row with the empty key is no record: its
-- seq is the last place that was given in the namespace.
CREATE TABLE records (
    tenant_id  TEXT   NOT NULL,
    namespace  TEXT   NOT NULL,
    key        TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    value_json TEXT   NOT NULL,
    PRIMARY KEY (tenant_id, namespace, key)
);

CREATE INDEX records_in_order ON records (tenant_id, namespace, seq);
