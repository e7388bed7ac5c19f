// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The door of this room: a log, trace, report or table of somebody else's tool becomes sessions.
// The format is told by the content, never by the file's name or ending. What a log does not say
// stays empty; what looks wrong in it is said in Session::warnings, in sentences.
//
// A file of a tool that writes a folder (log.txt beside results.txt and a trace) stands for its
// folder: its companions are read with it. A directory is such a folder, or a tree of logs that
// are read one by one.
//
// Functions are pure but for reading files, and safe to call from any thread. No input makes them
// throw or crash: a damaged log gives what could be read and a warning, or an Error which says
// what was expected and what was found.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "types/result.h"
#include "types/session.h"

namespace importers {

/// How the spans in which the model ran are found in a power trace. Without any choice the marker
/// column is taken where there is one.
struct WindowChoice {
    double thresholdMw = 0;           ///< above 0: a window is where the power exceeds this
    double shortestS = 0;             ///< shorter windows are glitches and left out
    bool activeLow = false;           ///< the marker is low while the model runs
    int64_t inferencesPerWindow = 1;  ///< how often the model ran in each
    int32_t layersPerInference = 0;   ///< above 0: consecutive windows are layers 0, 1, ...
};

/// What the user knows and the log does not say. A value that the log does say wins, with a
/// warning where the two differ.
struct ImportOptions {
    std::string format;      ///< a name of formats(); empty: told by the content
    double clockMhz = 0;     ///< 0: not given; turns ticks and cycles into microseconds
    double supplyVolts = 0;  ///< 0: not given; turns a current into power
    /// What the columns of a CSV mean: "latency_us=t_mean,layer=idx,board:=my-board"; see
    /// column_map.h. Empty: by the names of the columns.
    std::string columns;
    WindowChoice windows;
};

struct Imported {
    std::string format;                        ///< names of the formats, with ", " between
    std::vector<types::Session> sessions;      ///< one or more; names tell them apart
    std::vector<std::filesystem::path> files;  ///< all that were read, companions too
};

struct Format {
    std::string name;       ///< "tflm-profiler"
    std::string describes;  ///< one line for a list: what it holds, which tool writes it
};

/// In the order in which they are tried.
const std::vector<Format>& formats();

/// Reads a file or a directory.
types::Result<Imported> readLog(const std::filesystem::path& path,
                                const ImportOptions& options = {});

/// The same for a log that is in memory already, from a serial port say; no companions. `name` is
/// what messages call it.
types::Result<Imported> readLogBytes(const std::string& name, std::string bytes,
                                     const ImportOptions& options = {});

/// Numbers sessions of one name, in their order: "kws", "kws (2)", "kws (3)". `taken`: names that
/// others have.
void makeNamesUnique(std::vector<types::Session>& sessions, std::set<std::string> taken = {});

}  // namespace importers
