-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1: measuring sessions with their raw samples.

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,           -- importer or runner that made it: 'tflm-profiler', 'host'
    started_at TEXT NOT NULL,       -- ISO 8601, UTC; '' where unknown
    stored_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    -- The conditions: '' and 0 where the log did not say.
    source TEXT NOT NULL CHECK (source IN ('board', 'emulator', 'host', 'imported')),
    board TEXT NOT NULL,
    core TEXT NOT NULL,
    clock_mhz REAL NOT NULL,
    runtime TEXT NOT NULL,
    runtime_version TEXT NOT NULL,
    kernels TEXT NOT NULL,
    compiler TEXT NOT NULL,
    flags TEXT NOT NULL,
    model_name TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,     -- of the .tflite, lower-case hex
    supply_volts REAL NOT NULL,
    notes TEXT NOT NULL             -- one 'key: value' a line
);

CREATE TABLE session_warning (
    session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (session_id, position)
) WITHOUT ROWID;

-- One quantity of one layer, of the whole model ('whole'), or of something the log names.
CREATE TABLE measurement (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,              -- '#12 CONV_2D', 'whole', 'arena/persistent'
    layer INTEGER,                  -- operator's index in the model file; NULL: no layer
    op TEXT NOT NULL,               -- 'CONV_2D'; '' where it is no layer
    quantity TEXT NOT NULL,         -- 'latency_us', 'cycles', 'energy_uj', ...: says the unit
    estimated INTEGER NOT NULL CHECK (estimated IN (0, 1)),  -- 1: derived, not measured
    note TEXT NOT NULL,
    UNIQUE (session_id, position)
);

CREATE TABLE sample (
    measurement_id INTEGER NOT NULL REFERENCES measurement ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- 0, 1, ... in the order in which they were taken
    value REAL NOT NULL,
    PRIMARY KEY (measurement_id, position)
) WITHOUT ROWID;

-- What the model answered on the device, one row an input.
CREATE TABLE recorded_output (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    position INTEGER NOT NULL,
    input TEXT NOT NULL,            -- name of the input file or its number
    label INTEGER,                  -- the right class; NULL where unknown
    UNIQUE (session_id, position)
);

CREATE TABLE recorded_value (
    output_id INTEGER NOT NULL REFERENCES recorded_output ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (output_id, position)
) WITHOUT ROWID;

-- Power over time. Traces have millions of samples: they are one blob.
CREATE TABLE power_trace (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sample_rate_hz REAL NOT NULL,
    begin_s REAL NOT NULL,          -- time of the first sample
    power_mw BLOB NOT NULL,         -- 32-bit little-endian floats, milliwatts, one a sample
    UNIQUE (session_id, position)
);

-- Spans of a trace in which the model ran.
CREATE TABLE trace_window (
    trace_id INTEGER NOT NULL REFERENCES power_trace ON DELETE CASCADE,
    position INTEGER NOT NULL,
    begin_s REAL NOT NULL,
    end_s REAL NOT NULL,
    layer INTEGER,                  -- NULL: the whole inference
    inferences INTEGER NOT NULL,    -- how often the model ran in it
    PRIMARY KEY (trace_id, position)
) WITHOUT ROWID;

-- Every sample with the names of what it belongs to: the place to begin with a query.
CREATE VIEW session_sample AS
SELECT session.name AS session, key, layer, op, quantity, estimated, sample.position, value
FROM session
JOIN measurement ON measurement.session_id = session.id
JOIN sample ON sample.measurement_id = measurement.id;
