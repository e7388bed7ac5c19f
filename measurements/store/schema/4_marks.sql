-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 4: what the user attaches to variations, also to those that only a sweep has tried.

CREATE TABLE mark (
    model_id INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
    knobs TEXT NOT NULL CHECK (json_valid(knobs)),  -- of the variation, as in the table variation
    name TEXT NOT NULL,                             -- '': shown by its label
    note TEXT NOT NULL,
    is_starred INTEGER NOT NULL CHECK (is_starred IN (0, 1)),
    is_deleted INTEGER NOT NULL CHECK (is_deleted IN (0, 1)),
    PRIMARY KEY (model_id, knobs)
) WITHOUT ROWID;
