// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TFLM's arena by release of a kernel library, as JSON and text: what `plan --kernels` adds.

#include "command_context.h"

namespace app {

struct KernelFlags {
    std::string kernels, upgrade, core;

    void addTo(CLI::App& command);
    /// Adds to the output of `plan`; nothing where no library was named.
    types::Result<void> report(const types::Graph& graph, Output& output) const;
};

}  // namespace app
