// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The part of `measure` that measures a matrix: one model on several cores and boards, with several
// kernels, compiler flags and precisions.

#include "command_context.h"
#include "dataset_flags.h"
#include "matrix/run_matrix.h"

namespace app {

struct MatrixFlags {
    bool isAsked = false;
    bool again = false;
    std::vector<std::string> cores, boards, flags, devices;
    std::vector<types::Precision> precisions;
    DatasetFlags data;

    /// Adds --matrix and the flags that need it.
    void addTo(CLI::App& command);
};

/// What `measure` and its matrix share.
struct MatrixSubject {
    types::GraphPtr graph;
    std::string name, database;              ///< of the matrix; empty: the model's
    std::vector<lowering::Kernels> kernels;  ///< empty: all
    double timeoutS = 60;
};

types::Result<Output> measureMatrix(const MatrixSubject& subject, const MatrixFlags& flags);

}  // namespace app
