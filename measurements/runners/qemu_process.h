// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A program run to its end with its output read along the way, killed on request or when it stays
// silent for too long.

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "types/result.h"

namespace runners {

struct ProcessEnd {
    std::string output;    ///< stdout and stderr together
    int exitStatus = -1;   ///< -1: ended by a signal
    bool silent = false;   ///< killed after `timeoutS` without output
    bool stopped = false;  ///< killed on request
};

/// `words` are the program (looked up in PATH) and its arguments. `onLine` is told every line.
types::Result<ProcessEnd> runProcess(const std::vector<std::string>& words, double timeoutS,
                                     std::stop_token stop,
                                     const std::function<void(const std::string&)>& onLine);

/// The full path of a program in PATH, empty where there is none.
std::string findProgram(const std::string& name);

}  // namespace runners
