// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// checkProfile(): predicts measured layers with a device profile as it stands, and reports the
// errors (types/profile_check.h). Command line and window call this function, so both show the same
// numbers.

#include <filesystem>
#include <string>
#include <vector>

#include "cost/fit/layer_table.h"
#include "types/profile_check.h"
#include "types/result.h"
#include "types/work.h"

namespace studies {

/// When a layer is compared with a profile.
enum class CompareWith {
    All,        ///< always: the caller knows that it was measured on the board
    NotOthers,  ///< unless it states another board, core, clock or kernels
    SameBoard,  ///< if it also names the board
};

/// A layer with its origin. Without a workload it cannot be predicted, without a cost not compared.
struct MeasuredLayer {
    std::string from, name, op;
    types::Conditions conditions;
    types::Result<cost::Workload> workload;
    types::Result<cost::Observation> cost;
    CompareWith compareWith = CompareWith::NotOthers;
};

/// The layers of a session. `graph`: its model; null: not known, so no layer has a shape.
std::vector<MeasuredLayer> layersOf(const types::Session& session, const types::Graph* graph,
                                    CompareWith compareWith = CompareWith::NotOthers);

/// The lines of a table of layers that pass the filter; an Error if none does. `clockMhz`: of a
/// latency without a clock.
types::Result<std::vector<MeasuredLayer>> layersOf(
    const std::filesystem::path& table, const cost::RowFilter& filter, double clockMhz,
    CompareWith compareWith = CompareWith::NotOthers);

struct CheckRequest {
    types::DevicePtr device;  ///< never null
    std::vector<MeasuredLayer> layers;
    bool unseenOnly = false;  ///< only layers that the profile was not fitted to count
};

types::Result<types::ProfileCheck> checkProfile(const CheckRequest& request,
                                                const types::Work& work = {});

}  // namespace studies
