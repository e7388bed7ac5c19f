// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/session_observations.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "cost/median_of.h"

namespace cost {
namespace {

using types::fail;
using types::Measurement;
using types::Quantity;
using types::Session;

/// Lower is better: cycles are exact, a latency needs the clock, instructions are not time.
int rankOf(Quantity quantity, double clockMhz) {
    switch (quantity) {
        case Quantity::Cycles:
            return 0;
        case Quantity::LatencyUs:
            return clockMhz > 0 ? 1 : -1;
        case Quantity::Instructions:
            return 2;
        default:
            return -1;
    }
}

types::Result<void> check(const Measurement& m, const types::Graph& graph, const Session& session) {
    const auto index = static_cast<size_t>(*m.layer);
    const bool exists = *m.layer >= 0 && index < graph.ops.size();
    if (exists && (m.op.empty() || graph.ops[index].name() == m.op)) return {};
    return fail("the session was not taken with this model", session.name + ", " + m.key,
                "give the .tflite that was measured");
}

/// Milliwatts of each layer that has a power, or an energy and a latency.
std::map<int32_t, double> powersOf(const Session& session) {
    std::map<int32_t, std::map<Quantity, double>> medians;
    for (const Measurement& m : session.measurements)
        if (m.layer && !m.estimated && !m.samples.empty())
            medians[*m.layer][m.quantity] = medianOf(m.samples);
    std::map<int32_t, double> powers;
    for (auto& [layer, of] : medians) {
        const double us = of[Quantity::LatencyUs];
        const double traced = us > 0 ? 1e3 * of[Quantity::EnergyUj] / us : 0;
        const double power = of[Quantity::PowerMw] > 0 ? of[Quantity::PowerMw] : traced;
        powers[layer] = std::isfinite(power) ? power : 0;
    }
    return powers;
}

}  // namespace

types::Result<std::vector<Observation>> observationsOf(const Session& session,
                                                       const types::Graph& graph) {
    const double clockMhz = session.conditions.clockMhz;
    std::map<int32_t, std::pair<int, const Measurement*>> best;
    for (const Measurement& m : session.measurements) {
        const int rank = rankOf(m.quantity, clockMhz);
        if (!m.layer || rank < 0 || m.estimated || m.samples.empty()) continue;
        if (const auto fits = check(m, graph, session); !fits) return tl::unexpected(fits.error());
        const auto [at, isNew] = best.try_emplace(*m.layer, rank, &m);
        if (!isNew && rank < at->second.first) at->second = {rank, &m};
    }
    std::map<int32_t, double> powers = powersOf(session);
    std::vector<Observation> layers;
    for (const auto& [layer, choice] : best) {
        const auto& [rank, measurement] = choice;
        const double factor = rank == 1 ? clockMhz : 1;
        const double cycles = medianOf(measurement->samples) * factor;
        if (!isCost(cycles)) continue;
        const types::Op& op = graph.ops[static_cast<size_t>(layer)];
        layers.push_back({workloadOf(graph, op), cycles, 1, session.name, powers[layer],
                          types::layerKey(layer, op.name()),
                          measurement->quantity == Quantity::Instructions});
    }
    return layers;
}

}  // namespace cost
