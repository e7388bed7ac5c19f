-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: a file is a whole project: models, what was tried with them, and what came of it. A
-- session keeps what the device said while it was listened to.

CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,             -- file name without directory and ending
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    file BLOB NOT NULL              -- the .tflite, byte for byte
);

CREATE TABLE variation (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
    label TEXT NOT NULL,            -- 'w0.75 int8'
    knobs TEXT NOT NULL CHECK (json_valid(knobs)),  -- the variation file
    UNIQUE (model_id, knobs)
);

-- The newest evaluation of a variation for a board ('' without one). NULL: unknown.
CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY,
    variation_id INTEGER NOT NULL REFERENCES variation ON DELETE CASCADE,
    device TEXT NOT NULL,           -- id of the device profile
    evaluated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    macs INTEGER NOT NULL,
    ops INTEGER NOT NULL,
    params INTEGER NOT NULL,
    weight_bytes INTEGER NOT NULL,
    model_bytes INTEGER NOT NULL,
    peak_activation_bytes INTEGER NOT NULL,
    arena_bytes INTEGER NOT NULL,
    latency_us REAL, latency_low_us REAL, latency_high_us REAL,
    energy_uj REAL, energy_low_uj REAL, energy_high_uj REAL,
    accuracy REAL, accuracy_low REAL, accuracy_high REAL,
    agreement REAL,
    sqnr_db REAL,
    flash_used_bytes INTEGER, flash_limit_bytes INTEGER,
    sram_used_bytes INTEGER, sram_limit_bytes INTEGER,
    UNIQUE (variation_id, device)
);

ALTER TABLE session ADD COLUMN raw_log BLOB NOT NULL DEFAULT x'';
