// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Boards as JSON and text: memory regions, what the latencies rest on, and the layers whose
// measurement would give them.

#include <vector>

#include "command_context.h"

namespace app {

Json deviceJson(const types::DeviceProfile& device);
Output listDevices(const std::vector<types::DevicePtr>& devices);

/// Everything about one board. `prior`: the profile known beforehand (types/latency_basis.h); the
/// layers to measure first are advised for it.
Output deviceOutput(const types::DeviceProfile& device, const types::DevicePtr& prior);

}  // namespace app
