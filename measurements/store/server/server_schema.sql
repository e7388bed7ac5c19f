-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tables of a sweep on a PostgreSQL server, in the first schema of the search path. A database that
-- holds several sweeps gives each a schema: postgresql://HOST/DATABASE?options=-csearch_path%3DNAME

CREATE TABLE IF NOT EXISTS sweep_spec (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    version integer NOT NULL,       -- of these tables
    id text NOT NULL,               -- SHA-256 of spec, lower-case hexadecimal
    spec text NOT NULL,             -- JSON: space, model, data, device and program version
    created timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS sweep_item (
    item bigint PRIMARY KEY,
    variation text NOT NULL,        -- the variation's document, normalized
    variation_sha256 text NOT NULL UNIQUE,
    state smallint NOT NULL DEFAULT 0,      -- 0 open, 1 leased, 2 done, 3 failed for good
    attempt integer NOT NULL DEFAULT 0,     -- fencing token: raised by every claim
    owner text,                     -- of the lease
    lease_end timestamptz
);
CREATE INDEX IF NOT EXISTS sweep_item_open ON sweep_item (item) WHERE state = 0;
CREATE INDEX IF NOT EXISTS sweep_item_leased ON sweep_item (lease_end) WHERE state = 1;

CREATE TABLE IF NOT EXISTS sweep_outcome (
    item bigint PRIMARY KEY REFERENCES sweep_item,
    sequence bigint UNIQUE,         -- order in which readers saw them; NULL: none has yet
    is_failed boolean NOT NULL,
    document text NOT NULL,         -- JSON of the totals; of a failed item its last error
    digest text NOT NULL,           -- SHA-256 of document; '' for a failed item
    seconds double precision NOT NULL,      -- computing time
    owner text NOT NULL,
    stored timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS sweep_outcome_unseen ON sweep_outcome (item) WHERE sequence IS NULL;
CREATE INDEX IF NOT EXISTS sweep_outcome_stored ON sweep_outcome (stored);

-- Errors that workers reported, one of each owner.
CREATE TABLE IF NOT EXISTS sweep_error (
    item bigint NOT NULL REFERENCES sweep_item,
    owner text NOT NULL,
    message text NOT NULL,
    reported timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (item, owner)
);

CREATE TABLE IF NOT EXISTS sweep_worker (
    owner text PRIMARY KEY,
    seen timestamptz NOT NULL       -- last claim, heartbeat or answer
);

CREATE TABLE IF NOT EXISTS sweep_model (
    item bigint PRIMARY KEY REFERENCES sweep_item,
    sha256 text NOT NULL,           -- of file, lower-case hexadecimal
    file bytea NOT NULL             -- .tflite
);
