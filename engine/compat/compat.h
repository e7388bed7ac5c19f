// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Compatibility: which release of which runtime takes which operator of a model, which one falls
// back to a slower kernel, and which change of ours helps.
//
// What TFLM refuses is known by cost/tflm/tflm_refusal alone, what our own runtime runs by lowering
// alone. This room adds what depends on releases and libraries: runtime_list names the runtimes,
// one judge_*.cpp each holds the facts of a family in tables, every row with its source.
//
// Thread rules: pure functions.

#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"
#include "types/support.h"

namespace compat {

/// "tflm@2026-08", "tflm+cmsis-nn@7.0", ...: of all runtimes, oldest release first in a family.
std::vector<std::string> runtimeIds();

/// The verdicts of every runtime whose id is `wanted`, or begins with it and continues with '@':
/// "tflm" means all releases of TFLM. Empty: all runtimes. An Error for a name that matches none.
types::Result<std::vector<types::RuntimeSupport>> check(const types::Graph& graph,
                                                        const std::string& wanted = {});

/// What changes from one kernel library to another: "esp-nn@1.1.2" to "esp-nn@1.2.3". `core`: as in
/// cost::parseKernelBuild.
types::Result<types::KernelUpgrade> compareKernels(const types::Graph& graph,
                                                   const std::string& before,
                                                   const std::string& after,
                                                   const std::string& core = {});

/// The arena with every release of a library ("cmsis-nn", "esp-nn"), or with one ("esp-nn@1.2.3").
types::Result<std::vector<types::KernelArena>> arenasOf(const types::Graph& graph,
                                                        const std::string& library,
                                                        const std::string& core = {});

}  // namespace compat
