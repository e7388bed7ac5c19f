// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Project: the window's part of a .netcaliper file: a model, the variations tried on it, the
// measured sessions, and what the window showed. Evaluations are stored, too, for readers of the
// file, but computed again when it is opened: that is quick, and profiles may have improved
// meanwhile. Trained models are stored and never made again. A data set stays where it is: the
// project holds its path.
//
// Trust: a project file is untrusted input. Its tables are checked (store), models pass tflite's
// verifier and must fit each other, knobs and boards are read by their strict parsers.

#include <filesystem>
#include <optional>
#include <vector>

#include "engine/vary_on_data.h"
#include "types/duty_cycle.h"
#include "types/evaluation.h"
#include "types/result.h"
#include "types/session.h"
#include "views/models/marks.h"

namespace app {

/// What the window showed. Layers are named by their operator's index in the model as opened.
struct Workspace {
    types::Variation knobs;          ///< as set, a training to come included
    bool showsTrained = false;       ///< the knobs show what their training made
    std::string modelPath = {};      ///< from which the model was opened; empty: unknown
    std::string board = {};          ///< id; empty: none
    types::DevicePtr ownBoard = {};  ///< the board, where it is none of the program's
    std::string dataPath = {};       ///< empty: no data
    types::DutyCycle duty = {};
    std::string page = {};             ///< by its name in pages()
    std::vector<int32_t> layers = {};  ///< picked, ascending
    int32_t layer = -1;                ///< the current one of them

    bool operator==(const Workspace&) const = default;
};

struct Project {
    types::GraphPtr graph;  ///< null: the file holds sessions only
    std::vector<types::Variation> variations;
    std::vector<types::EvaluationPtr> evaluations;  ///< only written; null: none
    std::vector<types::SessionPtr> sessions;
    std::vector<engine::VariedPtr> trained = {};  ///< by variation; null, or shorter: not trained
    views::MarksEdit marks = {};                  ///< also of variations that sweeps tried
    std::optional<Workspace> workspace = {};      ///< none in older files
    /// Of a journal: the file under which the project was saved, empty where it was not, and
    /// whether that file holds less than the journal.
    std::string savedAs = {};
    bool isUnsaved = false;

    bool operator==(const Project&) const = default;
    /// Null where it was not trained.
    engine::VariedPtr trainedModel(size_t variation) const {
        return variation < trained.size() ? trained[variation] : nullptr;
    }
};

/// File extension of projects.
inline constexpr const char* kProjectEnding = "netcaliper";

/// A file that may not be written to, or lies where nothing may be written, is read as well.
types::Result<Project> readProject(const std::filesystem::path& path);

/// Replaces the file at `path` only once the new one is complete.
types::Result<void> writeProject(const Project& project, const std::filesystem::path& path);

}  // namespace app
