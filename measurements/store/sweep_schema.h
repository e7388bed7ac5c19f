// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tables of a sweep in SQLite (sweep/sweep_store.h says what they mean). Times are seconds
// since 1970 by the database's clock.

namespace store {

/// SQLite's application_id of a sweep's file, "NCsw" in ASCII.
inline constexpr unsigned kSweepApplicationId = 0x4e437377;
inline constexpr int kSweepVersion = 1;

inline constexpr const char* kSweepSchema = R"sql(
CREATE TABLE IF NOT EXISTS sweep (
    id TEXT PRIMARY KEY,            -- SHA-256 of spec
    spec TEXT NOT NULL              -- JSON: space, model, data, device, program version
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS item (
    item INTEGER PRIMARY KEY,
    variation TEXT NOT NULL UNIQUE, -- JSON document
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2, 3)),  -- open, leased, done, failed
    attempt INTEGER NOT NULL DEFAULT 0,
    owner TEXT,                     -- of the lease
    lease_end REAL
);
CREATE INDEX IF NOT EXISTS item_open ON item (item) WHERE state = 0;
CREATE INDEX IF NOT EXISTS item_leased ON item (lease_end) WHERE state = 1;

-- One answer an item, or its failure for good.
CREATE TABLE IF NOT EXISTS outcome (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL UNIQUE REFERENCES item,
    failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
    document TEXT NOT NULL,         -- JSON of the totals; of a failure: the message
    digest TEXT NOT NULL,
    seconds REAL NOT NULL,
    owner TEXT NOT NULL,
    stored REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS outcome_stored ON outcome (stored);

-- Errors that an item may survive.
CREATE TABLE IF NOT EXISTS failure (
    item INTEGER NOT NULL REFERENCES item,
    owner TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (item, owner)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS worker (
    owner TEXT PRIMARY KEY,
    done INTEGER NOT NULL DEFAULT 0,
    seen REAL NOT NULL
) WITHOUT ROWID;

-- Models of the front.
CREATE TABLE IF NOT EXISTS model (
    item INTEGER PRIMARY KEY REFERENCES item,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL
);
)sql";

}  // namespace store
