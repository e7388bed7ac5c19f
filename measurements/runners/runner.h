// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A runner takes a model to a target, lets it run there and brings a Session home. Targets are
// told apart by their name: "host", "qemu-cortex-m4", "serial:/dev/ttyACM0"; what stands behind
// the colon is the runner's own business. runner_list.cpp names all runners, in one table; a new
// runner is a file with one function and a row there.
//
// A runner fills the conditions with what it knows for sure and leaves the rest empty. It keeps
// every sample, in the order in which they were taken: measurements "whole" and one per layer
// (Measurement::layer is the operator's index in the model's file order).
//
// Thread rules: a run blocks for as long as it takes; call it from a thread of its own and end it
// by the stop token of its Work. It reports on the calling thread.

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
    types::GraphPtr graph;                                ///< validated
    types::Bytes modelFile;                               ///< the .tflite itself
    std::optional<int> repeats;                           ///< inferences; not set: runner's choice
    uint64_t inputSeed = 1;                               ///< of random inputs (seeded_input.h)
    lowering::Kernels kernels = lowering::Kernels::Fast;  ///< the plain ones or the target's best
    types::DevicePtr board;  ///< whose cycles an emulator's counts are turned into; may be null
    std::filesystem::path rawLogFile;  ///< where a listening runner writes what it hears; optional
    double timeoutS = 60;              ///< a target silent for so long is dead
};

/// `detail` is what follows "serial:" in a target, "" where nothing does. The session's name is
/// left to the caller.
using RunnerFunction = types::Result<types::Session> (*)(const std::string& detail,
                                                         const RunRequest& request,
                                                         const types::Work& work);

struct Runner {
    const char* name;    ///< "host", "serial"
    const char* detail;  ///< what follows a colon, "DEVICE[@BAUD]"; empty: nothing does
    const char* describes;
    RunnerFunction run;
};

/// Every runner, in the order in which lists show them.
const std::vector<Runner>& allRunners();

/// Runs the model on a target: finds the runner and calls it. An unknown target is an Error that
/// names the known ones.
types::Result<types::Session> runOn(const std::string& target, const RunRequest& request,
                                    const types::Work& work = {});

/// Conditions that follow from the request alone: model name and hash.
types::Conditions modelConditions(const RunRequest& request);

}  // namespace runners
