CREATE TABLE cluster (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE topics (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL UNIQUE,
    created_at      INTEGER NOT NULL
) STRICT;

-- resource_type: 0 topic, 1 broker; a broker named '' is the default of all brokers.
CREATE TABLE configs (
    resource_type   INTEGER NOT NULL,
    resource_name   TEXT NOT NULL,
    name            TEXT NOT NULL,
    value           TEXT NOT NULL,
    PRIMARY KEY (resource_type, resource_name, name)
) STRICT, WITHOUT ROWID;

-- next_offset is a lower bound: what the batches table holds beyond it counts.
CREATE TABLE partitions (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    topic_id        INTEGER NOT NULL,
    number          INTEGER NOT NULL,
    log_start       INTEGER NOT NULL DEFAULT 0,
    next_offset     INTEGER NOT NULL DEFAULT 0,
    cleaned_to      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (topic_id, number)
) STRICT;

-- The index of the log: small rows, so that walking it does not touch the records.
CREATE TABLE batches (
    partition_id    INTEGER NOT NULL,
    base_offset     INTEGER NOT NULL,
    last_offset     INTEGER NOT NULL,
    max_timestamp   INTEGER NOT NULL,
    bytes           INTEGER NOT NULL,
    data_id         INTEGER NOT NULL,
    PRIMARY KEY (partition_id, base_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_data (
    id              INTEGER PRIMARY KEY,
    data            BLOB NOT NULL
) STRICT;

CREATE TABLE group_offsets (
    group_id        TEXT NOT NULL,
    topic           TEXT NOT NULL,
    partition       INTEGER NOT NULL,
    committed       INTEGER NOT NULL,
    metadata        TEXT,
    committed_at    INTEGER NOT NULL,
    PRIMARY KEY (group_id, topic, partition)
) STRICT, WITHOUT ROWID;

CREATE TABLE acls (
    resource_type   INTEGER NOT NULL,
    resource_name   TEXT NOT NULL,
    pattern_type    INTEGER NOT NULL,
    principal       TEXT NOT NULL,
    host            TEXT NOT NULL,
    operation       INTEGER NOT NULL,
    permission      INTEGER NOT NULL,
    PRIMARY KEY (resource_type, resource_name, pattern_type, principal, host, operation, permission)
) STRICT, WITHOUT ROWID;
