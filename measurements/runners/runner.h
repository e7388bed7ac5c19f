// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A runner runs a model on a target and returns a Session. The name selects the target: "host",
// "qemu-cortex-m4", "serial:/dev/ttyACM0"; the runner interprets the text after the colon. The
// table in runner_list.cpp lists all runners; a new runner is a file with one function and a row
// there.
//
// A runner sets the conditions that it knows and leaves the others empty. It keeps every sample in
// the order of measurement: measurements "whole" and one per layer (Measurement::layer is the
// operator's index in the model's file order).
//
// Thread rules: a run blocks until it is done; call it on a thread of its own and end it through
// the stop token of its Work. It reports progress on the calling thread.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "lowering/execution.h"
#include "types/bytes.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/session.h"
#include "types/work.h"

namespace runners {

struct RunRequest {
    types::GraphPtr graph;       ///< validated
    types::Bytes modelFile;      ///< the bytes of the .tflite
    std::optional<int> repeats;  ///< inferences; not set: the runner chooses
    uint64_t inputSeed = 1;      ///< seed of random inputs (seeded_input.h)
    lowering::Kernels kernels = lowering::Kernels::Fast;  ///< plain ones, or the fastest
    /// How the firmware of an emulated board is optimised, "-O3": it is built where it is missing
    /// (firmware_build.h). Empty: the one that came with the program.
    std::string firmwareFlags = {};
    types::DevicePtr board;  ///< board for estimated cycles of an emulator's counts; may be null
    std::filesystem::path rawLogFile;  ///< receives what a listening runner reads; optional
    double timeoutS = 60;              ///< longest silence of a target
};

/// `detail`: the text after "serial:" in a target, "" where there is none. The caller sets the
/// session's name.
using RunnerFunction = types::Result<types::Session> (*)(const std::string& detail,
                                                         const RunRequest& request,
                                                         const types::Work& work);

struct Runner {
    const char* name;    ///< "host", "serial"
    const char* detail;  ///< form of the text after the colon, "DEVICE[@BAUD]"; empty: none
    const char* describes;
    RunnerFunction run;
};

/// Every runner, in the order of lists.
const std::vector<Runner>& allRunners();

/// Finds the target's runner and runs the model on it. For an unknown target, the Error names the
/// known ones.
types::Result<types::Session> runOn(const std::string& target, const RunRequest& request,
                                    const types::Work& work = {});

/// Version of this program, as in the conditions of its sessions.
const char* programVersion();

/// Conditions from the request alone: model name and hash.
types::Conditions modelConditions(const RunRequest& request);

}  // namespace runners
