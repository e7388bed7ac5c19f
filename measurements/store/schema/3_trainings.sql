-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3: models that a training made. Training takes minutes, so they are kept.

CREATE TABLE trained_file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    file BLOB NOT NULL              -- a .tflite, byte for byte
);

-- How a variation was trained; variations without a row were not.
CREATE TABLE training (
    variation_id INTEGER PRIMARY KEY REFERENCES variation ON DELETE CASCADE,
    file_id INTEGER NOT NULL REFERENCES trained_file,     -- the varied model
    original_id INTEGER REFERENCES trained_file,          -- the original trained alike, in float32
    epochs INTEGER NOT NULL,
    seconds REAL NOT NULL,
    train_samples INTEGER NOT NULL,
    validation_samples INTEGER NOT NULL,
    memory_bytes INTEGER NOT NULL,
    best_epoch INTEGER NOT NULL,    -- whose weights were kept, from 1; 0: those of the start
    seed INTEGER NOT NULL,
    was_stopped INTEGER NOT NULL CHECK (was_stopped IN (0, 1)),
    rounding_epochs INTEGER NOT NULL,
    keeps_rounding INTEGER NOT NULL CHECK (keeps_rounding IN (0, 1)),
    original_epochs INTEGER NOT NULL,
    original_seconds REAL NOT NULL,
    samples TEXT NOT NULL,          -- name of the data set's part that it learned from
    learned BLOB NOT NULL           -- hashes of these samples: 64-bit little-endian, FNV-1a
);

-- The curves, one row an epoch.
CREATE TABLE training_epoch (
    variation_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
    epoch INTEGER NOT NULL,         -- from 1
    loss REAL NOT NULL,
    validation_loss REAL NOT NULL,
    accuracy REAL,                  -- share of the validation samples; NULL: unlabelled
    PRIMARY KEY (variation_id, epoch)
) WITHOUT ROWID;

-- What was done to the model, and what is to be known of the training.
CREATE TABLE training_text (
    variation_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'note')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (variation_id, kind, position)
) WITHOUT ROWID;

-- Which operator of the model as opened an operator of the trained model was.
CREATE TABLE trained_operator (
    variation_id INTEGER NOT NULL REFERENCES training ON DELETE CASCADE,
    position INTEGER NOT NULL,
    origin INTEGER NOT NULL,        -- -1: inserted
    PRIMARY KEY (variation_id, position)
) WITHOUT ROWID;
