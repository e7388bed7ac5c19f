// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// runMatrix(): measures one model on several cores and boards, with several sets of kernels,
// compiler flags and precisions, and predicts it on device profiles. Every measured cell is a
// session with its full conditions.
//
// It resumes: sessions that are kept already and were measured under the same conditions (model
// file, kernels, flags, version) are taken, and only the others are measured. Emulated cells are
// measured by several threads, those of boards one after another.
//
// Source of the idea: Heim, Biri, Qu, Thiele 2021, "Measuring what Really Matters": kernels, flags,
// precision and core interact, so each combination is measured.

#include <functional>
#include <vector>

#include "lowering/execution.h"
#include "matrix/model_variants.h"
#include "runners/runner.h"
#include "types/cost_matrix.h"

namespace matrix {

/// Flags of a board, whose firmware is not built here.
inline constexpr const char* kAsFlashed = "as flashed";

struct MatrixRequest {
    types::GraphPtr model;             ///< validated
    std::string name;                  ///< of the matrix; empty: the model's
    std::vector<std::string> targets;  ///< of runners::runOn(): emulated cores, "serial:DEVICE"
    std::vector<lowering::Kernels> kernels = {lowering::Kernels::Reference,
                                              lowering::Kernels::Fast};
    std::vector<std::string> flags;  ///< of the emulated cores' firmware (firmwareLevel())
    std::vector<types::Precision> precisions;
    std::vector<types::DevicePtr> devices;  ///< to predict; none is null
    scoring::SampleSelection data;          ///< calibrates the precisions
    bool again = false;                     ///< measure also what is kept already
    double timeoutS = 60;                   ///< longest silence of a target
};

/// Where sessions are kept. Both are called by the thread that called runMatrix().
struct MatrixKeeping {
    /// Returns the kept sessions that are wanted.
    std::function<types::Result<std::vector<types::SessionPtr>>(
        const std::function<bool(const types::Conditions&)>& wanted)>
        read;
    /// Keeps a session in place of one with its name. `request`: what was run.
    std::function<types::Result<void>(const types::Session&, const runners::RunRequest& request)>
        keep;
    /// Told after each cell; may be empty.
    std::function<void(const types::CostMatrix&)> onCell = {};
};

struct MatrixRun {
    types::CostMatrix matrix;
    size_t measured = 0;   ///< cells measured by this run
    size_t different = 0;  ///< of these, emulated ones whose counts were others before
    bool wasStopped = false;
};

/// Names of the targets that are emulated cores, as runners list them.
std::vector<std::string> emulatedTargets();

/// "qemu-cortex-m4" of "qemu-cortex-m4", "cortex-m4" or "m4"; an Error names the known ones.
types::Result<std::string> emulatedTarget(const std::string& word);

/// A cell that cannot be measured or predicted is Failed with its reason. Errors: nothing is asked
/// for, keeping fails, or no cell at all has a value. A stop returns what there is.
types::Result<MatrixRun> runMatrix(const MatrixRequest& request, const MatrixKeeping& keeping,
                                   const types::Work& work = {});

}  // namespace matrix
