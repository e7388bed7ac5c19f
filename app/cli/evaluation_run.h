// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What vary, evaluate and export have in common: open a model, read what their flags name, vary and
// evaluate it with a progress line.

#include <string>

#include "command_context.h"
#include "dataset_flags.h"
#include "variation_flags.h"

namespace app {

struct EvaluationRun {
    std::string path, device;
    VariationFlags knobs;
    DatasetFlags data;

    /// `compress`: also deflate the file (Totals::compressedBytes).
    types::Result<types::EvaluationPtr> run(bool compress) const;
};

}  // namespace app
