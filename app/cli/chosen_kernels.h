// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ChosenKernels: `--kernels LIBRARY@VERSION` of the commands that judge boards.

#include "command_context.h"

namespace app {

struct ChosenKernels {
    std::string text;  ///< empty: those of each board's profile

    CLI::Option* addTo(CLI::App& command);
    /// The board with these kernels; `gap` becomes why its latency cannot be told, empty where it
    /// can. An Error for a library that is not for the board's core.
    types::Result<types::DevicePtr> applied(const types::DevicePtr& device, std::string& gap) const;
};

}  // namespace app
