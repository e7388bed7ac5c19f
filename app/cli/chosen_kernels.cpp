// SPDX-License-Identifier: GPL-3.0-or-later
#include "chosen_kernels.h"

#include "cost/tflm/kernel_library.h"

namespace app {

using namespace types;

CLI::Option* ChosenKernels::addTo(CLI::App& command) {
    return command.add_option(
        "--kernels", text,
        "TFLM's kernels: cmsis-nn@VERSION, esp-nn@VERSION (the newest without a version) or "
        "reference; decides arena and fit, and latencies where the profile was fitted to them");
}

Result<DevicePtr> ChosenKernels::applied(const DevicePtr& device, std::string& gap) const {
    gap.clear();
    if (text.empty()) return device;
    auto board = cost::withKernels(*device, text);
    if (!board) return tl::unexpected(board.error());
    gap = std::move(board->latencyGap);
    return std::make_shared<const DeviceProfile>(std::move(board->device));
}

}  // namespace app
