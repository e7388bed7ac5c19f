// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/trace_energy.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <vector>

#include "statistics/median.h"

namespace statistics {
namespace {

using namespace types;

bool has(const Session& session, Quantity quantity, std::optional<int32_t> layer) {
    return std::any_of(
        session.measurements.begin(), session.measurements.end(), [&](const Measurement& m) {
            return m.quantity == quantity && m.layer == layer && (layer || m.key == kWhole);
        });
}

/// Key and layer of another measurement of that layer in the session.
Measurement named(const Session& session, std::optional<int32_t> layer) {
    Measurement result;
    result.layer = layer;
    result.key = layer ? layerKey(*layer, "layer") : kWhole;
    for (const Measurement& m : session.measurements)
        if (layer && m.layer == layer) {
            result.key = m.key;
            result.op = m.op;
        }
    return result;
}

double idleOf(const PowerTrace& trace, const IdleBaseline& idle) {
    switch (idle.choice) {
        case IdleBaseline::Choice::Keep:
            return 0;
        case IdleBaseline::Choice::Given:
            return idle.milliwatts;
        case IdleBaseline::Choice::Outside:
            return idlePowerMw(trace).value_or(0);
    }
    return 0;
}

std::string noteOf(const Session& session, const IdleBaseline& idle) {
    if (idle.choice == IdleBaseline::Choice::Keep) return "idle power included";
    std::string text;
    for (const PowerTrace& trace : session.traces) {
        char number[48];
        std::snprintf(number, sizeof number, "%s%.4g mW", text.empty() ? "" : ", ",
                      idleOf(trace, idle));
        text += number;
    }
    return "idle power of " + text + " subtracted";
}

/// Fractional sample index of a time, clamped to the trace.
double positionOf(const PowerTrace& trace, double timeS) {
    const auto count = static_cast<double>(trace.powerMw.size());
    // Unlike std::clamp, these turn NaN into a number.
    return std::fmin(std::fmax((timeS - trace.beginS) * trace.sampleRateHz, 0.0), count);
}

bool hasRate(const PowerTrace& trace) {
    return trace.sampleRateHz > 0 && std::isfinite(trace.sampleRateHz);
}

struct WindowSamples {
    std::vector<double> energyUj, powerMw;
};

std::map<std::optional<int32_t>, WindowSamples> integrate(const Session& session,
                                                          const IdleBaseline& idle) {
    std::map<std::optional<int32_t>, WindowSamples> samples;
    for (const PowerTrace& trace : session.traces) {
        const double idleMw = idleOf(trace, idle);
        for (const PowerTrace::Window& window : trace.windows) {
            const double seconds = window.endS - window.beginS;
            if (!(seconds > 0) || window.inferences < 1) continue;
            const double energy =
                energyBetween(trace, window.beginS, window.endS) - 1000 * idleMw * seconds;
            const double power = energy / 1000 / seconds;
            if (!std::isfinite(energy) || !std::isfinite(power)) continue;
            WindowSamples& own = samples[window.layer];
            own.energyUj.push_back(energy / static_cast<double>(window.inferences));
            own.powerMw.push_back(power);
        }
    }
    return samples;
}

}  // namespace

double energyBetween(const PowerTrace& trace, double beginS, double endS) {
    if (!hasRate(trace)) return 0;
    const double begin = positionOf(trace, beginS), end = positionOf(trace, endS);
    double sum = 0;
    for (auto i = static_cast<size_t>(begin); i < trace.powerMw.size(); ++i) {
        const auto at = static_cast<double>(i);
        const double share = std::min(end, at + 1) - std::max(begin, at);
        if (share <= 0) break;
        sum += share * static_cast<double>(trace.powerMw[i]);
    }
    return 1000 * sum / trace.sampleRateHz;
}

std::optional<double> idlePowerMw(const PowerTrace& trace) {
    if (!hasRate(trace)) return std::nullopt;
    std::vector<bool> busy(trace.powerMw.size());
    for (const PowerTrace::Window& window : trace.windows) {
        const auto begin = static_cast<size_t>(positionOf(trace, window.beginS));
        const auto end = static_cast<size_t>(std::ceil(positionOf(trace, window.endS)));
        for (size_t i = begin; i < end; ++i)
            busy[i] = true;
    }
    std::vector<double> idle;
    for (size_t i = 0; i < busy.size(); ++i)
        if (!busy[i]) idle.push_back(static_cast<double>(trace.powerMw[i]));
    if (idle.empty()) return std::nullopt;
    return median(std::move(idle));
}

void addTraceEnergy(Session& session, const IdleBaseline& idle) {
    const std::string note = noteOf(session, idle);
    for (auto& [layer, samples] : integrate(session, idle)) {
        Measurement energy = named(session, layer), power = energy;
        energy.quantity = Quantity::EnergyUj;
        energy.samples = std::move(samples.energyUj);
        energy.note = note;
        power.quantity = Quantity::PowerMw;
        power.samples = std::move(samples.powerMw);
        power.note = note;
        if (!has(session, Quantity::EnergyUj, layer))
            session.measurements.push_back(std::move(energy));
        if (!layer && !has(session, Quantity::PowerMw, layer))
            session.measurements.push_back(std::move(power));
    }
}

void addEstimatedEnergy(Session& session, double powerMw, const std::string& source) {
    std::vector<Measurement> estimated;
    for (const Measurement& m : session.measurements) {
        if (m.quantity != Quantity::LatencyUs || (!m.layer && m.key != kWhole)) continue;
        if (has(session, Quantity::EnergyUj, m.layer)) continue;
        Measurement energy = m;
        energy.quantity = Quantity::EnergyUj;
        energy.estimated = true;
        char text[32];
        std::snprintf(text, sizeof text, "%.4g mW", powerMw);
        energy.note = std::string("power x time, ") + text + " (" + source + ")";
        for (double& sample : energy.samples)
            sample *= powerMw / 1000;  // mW x us = nJ
        estimated.push_back(std::move(energy));
    }
    session.measurements.insert(session.measurements.end(), estimated.begin(), estimated.end());
}

}  // namespace statistics
