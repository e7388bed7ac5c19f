// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Record: what one model, or one kind of operator in it, cost on one board under one set of
// conditions, measured or predicted. Studies are made of these, wherever they came from.
//
// 0 means unknown. Units as the names say; ops are those of the source (MicroNets: 2 x MACs).

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
    std::string family;  ///< models of one backbone or task; empty: not said
    std::string op;      ///< "CONV_2D 3x3"; empty: the whole model
    /// What else could have been otherwise: "kernels" -> "CMSIS-NN", "compiler flags" -> "-Os".
    std::map<std::string, std::string> setup;
    std::string sitting;  ///< of measuring, where several are told apart
    bool measured = true;
    std::string source;

    double macs = 0, ops = 0, outputs = 0;
    double clockMhz = 0;
    double latencyUs = 0, instructions = 0;
    double powerMw = 0, energyUj = 0;
    std::optional<types::Estimate> latencyBand;  ///< of a predicted latency, microseconds

    double cycles() const { return latencyUs * clockMhz; }
};

using Records = std::vector<Record>;

/// Derives power, energy and latency from one another where two are known, and ops from MACs.
void complete(Record& record);

/// "int8, CMSIS-NN, -Os": the values of the setup.
std::string setupText(const Record& record);

/// Takes out of all setups what is the same in all, and says what that was.
std::string takeCommonSetup(Records& records);

/// Takes the setup out where a board has one only: its name tells it then.
void takeLoneSetups(Records& records);

/// "CONV_2D 3x3", "ADD": kinds of operators as studies tell them apart.
std::string kindOf(const cost::Workload& workload);

/// Records under what `keyOf` calls them, in the order of the names.
std::map<std::string, Records> grouped(const Records& records,
                                       const std::function<std::string(const Record&)>& keyOf);

}  // namespace studies
