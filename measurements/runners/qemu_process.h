// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Runs a program to its end and reads its output meanwhile; kills it on request, or when it
// produces no output for too long.

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

/// `words`: the program (looked up in PATH) and its arguments. Calls `onLine` with every line.
types::Result<ProcessEnd> runProcess(const std::vector<std::string>& words, double timeoutS,
                                     std::stop_token stop,
                                     const std::function<void(const std::string&)>& onLine);

/// Returns the full path of a program in PATH; empty where there is none.
std::string findProgram(const std::string& name);

}  // namespace runners
