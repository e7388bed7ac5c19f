// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Latency and energy of each operator on a device: cycles from the device's kernel row
// (types/device_profile.h), time = cycles / clock, energy = power x time. The first, coarse model:
// one line per kernel class. Sources of the figures stand in the device files.

#include <optional>
#include <string>
#include <vector>

#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/graph.h"

namespace cost {

struct OpPrediction {
    std::optional<types::Estimate> latencyUs, energyUj;
    std::string source;  ///< "CONV_2D/1x1 int8: fitted to ...", or why there is no figure
};

/// One entry per operator of a validated graph.
std::vector<OpPrediction> predictOps(const types::Graph& graph, const types::DeviceProfile& device);

/// Sum over operators; nullopt where any operator that costs time has no figure. The band of the
/// sum treats the operators' errors as fully correlated (a wrong clock or flash is wrong for all).
std::optional<types::Estimate> sum(const std::vector<std::optional<types::Estimate>>& parts);

/// "CONV_2D/1x1": the kernel class that op belongs to, as the device files name it.
std::string kernelClass(const types::Graph& graph, const types::Op& op);

}  // namespace cost
