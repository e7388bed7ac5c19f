// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Record: the cost of one model, or of one operator kind in it, on one board under one set of
// conditions, measured or predicted. All studies work on records, whatever their origin.
//
// 0 means unknown. Units are in the names; ops are counted as in the source (MicroNets: 2 x MACs).

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cost/terms/workload.h"
#include "types/estimate.h"

namespace studies {

struct Record {
    std::string board;
    std::string model;
    std::string family;  ///< models of one backbone or task; empty: unknown
    std::string op;      ///< "CONV_2D 3x3"; empty: the whole model
    /// Other conditions: "kernels" -> "CMSIS-NN", "compiler flags" -> "-Os".
    std::map<std::string, std::string> setup;
    std::string sitting;  ///< measurement run, where a source distinguishes several
    bool measured = true;
    std::string source;

    double macs = 0, ops = 0, outputs = 0;
    double clockMhz = 0;
    double latencyUs = 0, instructions = 0;
    double powerMw = 0, energyUj = 0;
    std::optional<types::Estimate> latencyBand;  ///< interval of a predicted latency, microseconds
    std::string core = {};                       ///< "Cortex-M4"; empty: unknown

    double cycles() const { return latencyUs * clockMhz; }
};

using Records = std::vector<Record>;

/// Derives the third of power, energy and latency from the other two, and ops from MACs.
void complete(Record& record);

/// "int8, CMSIS-NN, -Os": the setup's values.
std::string setupText(const Record& record);

/// Removes from all setups what is equal in all of them, and returns it as text.
std::string takeCommonSetup(Records& records);

/// Removes the setup of boards that have only one: the board's name implies it.
void takeLoneSetups(Records& records);

/// "CONV_2D 3x3", "ADD": the operator kinds that studies distinguish.
std::string kindOf(const cost::Workload& workload);

/// Groups records by `keyOf`, sorted by key.
std::map<std::string, Records> grouped(const Records& records,
                                       const std::function<std::string(const Record&)>& keyOf);

}  // namespace studies
