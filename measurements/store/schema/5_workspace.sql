-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 5: what the window showed, so that a project opens as it was left; and what a journal,
-- the project of a running window, says of itself.

CREATE TABLE workspace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    knobs TEXT NOT NULL CHECK (json_valid(knobs)),  -- as set, a training to come included
    shows_trained INTEGER NOT NULL CHECK (shows_trained IN (0, 1)),
    model_path TEXT NOT NULL,       -- from which the model was opened; '': unknown
    board TEXT NOT NULL,            -- id of the device profile; '': none
    board_profile TEXT NOT NULL,    -- its device file, where it is the user's own; '': the program's
    data_path TEXT NOT NULL,        -- of the data set; '': none
    period_ms REAL NOT NULL,        -- one inference in this time; 0: not chosen
    sleep_mw REAL NOT NULL,         -- 0: that of the board
    battery_mwh REAL NOT NULL,      -- 0: none
    page TEXT NOT NULL,             -- 'layers', 'memory', ...
    layer INTEGER NOT NULL,         -- current layer, by its operator in the model; -1: none
    saved_as TEXT NOT NULL,         -- of a journal: the project's file; '': not saved yet
    is_unsaved INTEGER NOT NULL CHECK (is_unsaved IN (0, 1))  -- of a journal: the file holds less
);

CREATE TABLE picked_layer (
    layer INTEGER PRIMARY KEY       -- by its operator in the model
);
