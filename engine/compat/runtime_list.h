// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The runtimes that are judged, one row a release.

#include <span>
#include <string_view>

#include "compat/question.h"

namespace compat {

struct RuntimeRow {
    const char* id;
    const char* name;
    types::LayerSupport (*judge)(const Question& question);
    int32_t release;   ///< what the judge compares: a month for TFLM, else a KernelVersion
    const char* note;  ///< what holds for all operators; empty: nothing
    bool isTflm;       ///< loads the .tflite file itself, so that all its subgraphs must do
};

std::span<const RuntimeRow> runtimeRows();

/// The row of a kernel library: "tflm+cmsis-nn@7.0"; null: none.
const RuntimeRow* findRuntime(std::string_view id);

}  // namespace compat
