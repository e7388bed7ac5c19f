// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/session_records.h"

#include "studies/figures.h"

namespace studies {
namespace {

using types::Measurement;
using types::Quantity;

void take(const Measurement& measurement, Record& record) {
    const double median = medianOf(measurement.samples);
    switch (measurement.quantity) {
        case Quantity::LatencyUs:
            record.latencyUs += median;
            break;
        case Quantity::Cycles:
            if (record.clockMhz > 0 && record.latencyUs == 0)
                record.latencyUs = median / record.clockMhz;
            break;
        case Quantity::Instructions:
            record.instructions += median;
            break;
        case Quantity::EnergyUj:
            record.energyUj += median;
            break;
        case Quantity::PowerMw:
            record.powerMw = median;
            break;
        default:
            break;
    }
}

Record blankOf(const types::Session& session) {
    const types::Conditions& c = session.conditions;
    Record record;
    record.board = c.board.empty() ? types::sourceName(c.source) : c.board;
    record.model = c.modelName.empty() ? session.name : c.modelName;
    record.clockMhz = c.clockMhz;
    record.source = "session " + session.name;
    for (const auto& [dimension, value] :
         {std::pair{"runtime", c.runtime}, std::pair{"kernels", c.kernels},
          std::pair{"compiler flags", c.flags}})
        if (!value.empty()) record.setup[dimension] = value;
    return record;
}

/// Workloads of the session's layers, by operator index.
std::vector<cost::Workload> workloadsOf(const types::Graph* graph) {
    return graph ? cost::workloadsOf(*graph) : std::vector<cost::Workload>();
}

}  // namespace

Records recordsOf(const types::Session& session, const types::Graph* graph) {
    const auto workloads = workloadsOf(graph);
    std::map<int32_t, Record> layers;
    Record whole = blankOf(session);
    bool hasWhole = false;
    for (const Measurement& measurement : session.measurements) {
        if (measurement.samples.empty() || measurement.estimated) continue;
        if (measurement.key == types::kWhole) {
            take(measurement, whole);
            hasWhole = true;
        } else if (measurement.layer) {
            take(measurement,
                 layers.try_emplace(*measurement.layer, blankOf(session)).first->second);
        }
    }
    Records records;
    for (auto& [index, record] : layers) {
        const auto place = static_cast<size_t>(index);
        if (index < 0 || place >= workloads.size()) continue;
        record.op = kindOf(workloads[place]);
        record.macs = static_cast<double>(workloads[place].macs);
        record.outputs = static_cast<double>(workloads[place].outputs);
        complete(record);
        records.push_back(record);
    }
    for (const cost::Workload& workload : workloads)
        whole.macs += static_cast<double>(workload.macs);
    complete(whole);
    if (hasWhole) records.push_back(whole);
    return records;
}

}  // namespace studies
