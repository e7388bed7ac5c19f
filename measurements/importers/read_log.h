// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The entry point of this room: converts a log, trace, report or table of another tool to sessions.
// The content determines the format, never the file's name or extension. What a log does not state
// stays empty; suspicious values are reported in Session::warnings.
//
// A file of a tool that writes a folder (log.txt beside results.txt and a trace) represents its
// folder: its companions are read with it. A directory is such a folder, or a tree of logs that are
// read one by one.
//
// Functions have no side effects except reading files, and are safe to call from any thread. They
// neither throw nor crash on any input: a damaged log gives its readable part and a warning, or an
// Error that states what was expected and what was found.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/session.h"

namespace importers {

/// How to find the spans in which the model ran in a power trace. By default the marker column is
/// used where there is one.
struct WindowChoice {
    double thresholdMw = 0;           ///< above 0: windows are where the power exceeds it
    double shortestS = 0;             ///< shorter windows are glitches and are ignored
    bool activeLow = false;           ///< the marker is low while the model runs
    int64_t inferencesPerWindow = 1;  ///< inferences in each window
    int32_t layersPerInference = 0;   ///< above 0: consecutive windows are layers 0, 1, ...
};

/// What the user knows and the log does not state. A value in the log takes precedence, with a
/// warning where the two differ.
struct ImportOptions {
    std::string format;      ///< a name of formats(); empty: determined by the content
    double clockMhz = 0;     ///< 0: not given; converts ticks and cycles to microseconds
    double supplyVolts = 0;  ///< 0: not given; converts a current to power
    /// Meaning of the columns of a CSV: "latency_us=t_mean,layer=idx,board:=my-board"; see
    /// column_map.h. Empty: by the names of the columns.
    std::string columns;
    WindowChoice windows;
};

struct Imported {
    std::string format;                        ///< names of the formats, joined by ", "
    std::vector<types::Session> sessions;      ///< one or more, with distinct names
    std::vector<std::filesystem::path> files;  ///< all files that were read, including companions
};

struct Format {
    std::string name;       ///< "tflm-profiler"
    std::string describes;  ///< one display line: contents, and the tool that writes it
};

/// Formats in the order in which they are tried.
const std::vector<Format>& formats();

/// Reads a file or a directory.
types::Result<Imported> readLog(const std::filesystem::path& path,
                                const ImportOptions& options = {});

/// The same for a log in memory, for example from a serial port; without companions. `name` is used
/// in messages.
types::Result<Imported> readLogBytes(const std::string& name, std::string bytes,
                                     const ImportOptions& options = {});

/// Numbers sessions of equal name, in order: "kws", "kws (2)", "kws (3)". `taken`: names of other
/// sessions.
void makeNamesUnique(std::vector<types::Session>& sessions, std::set<std::string> taken = {});

}  // namespace importers
