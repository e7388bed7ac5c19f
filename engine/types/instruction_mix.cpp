// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/instruction_mix.h"

#include <map>
#include <numeric>

namespace types {
namespace {

using RowKey = std::pair<Quantity, std::string>;

double meanOf(const std::vector<double>& samples) {
    return std::accumulate(samples.begin(), samples.end(), 0.0) /
           static_cast<double>(samples.size());
}

class Means {
public:
    explicit Means(const Session& session) {
        for (const Measurement& m : session.measurements)
            if (!m.samples.empty()) m_of.emplace(RowKey(m.quantity, m.key), meanOf(m.samples));
    }
    std::optional<double> find(Quantity quantity, const std::string& key) const {
        const auto found = m_of.find({quantity, key});
        return found == m_of.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<RowKey, double> m_of;
};

InstructionMix mixOf(const Measurement& counted, const Means& means) {
    InstructionMix mix;
    mix.layer = counted.layer;
    mix.op = counted.op;
    mix.instructions = meanOf(counted.samples);
    mix.macs = means.find(Quantity::Count, keyWithin(counted.key, kMacsOfLayer));
    mix.cycles = means.find(Quantity::Cycles, counted.key);
    mix.latencyUs = means.find(Quantity::LatencyUs, counted.key);
    std::array<double, kInstructionClasses.size()> classes{};
    for (size_t c = 0; c < classes.size(); ++c) {
        const auto count =
            means.find(Quantity::Count, keyWithin(counted.key, kInstructionClasses[c]));
        if (!count) return mix;
        classes[c] = *count;
    }
    mix.classes = classes;
    return mix;
}

}  // namespace

std::vector<InstructionMix> instructionMixes(const Session& session) {
    std::vector<InstructionMix> mixes;
    const Means means(session);
    for (const Measurement& m : session.measurements) {
        if (m.quantity != Quantity::Instructions || m.samples.empty()) continue;
        if (m.layer) mixes.push_back(mixOf(m, means));
        if (m.key == kWhole) mixes.insert(mixes.begin(), mixOf(m, means));
    }
    return mixes;
}

std::string keyWithin(const std::string& key, const char* part) {
    return key + "/" + part;
}

std::string partOf(const Measurement& measurement) {
    if (!measurement.layer) return {};
    const std::string own = layerKey(*measurement.layer, measurement.op);
    return measurement.key.starts_with(own + "/") ? measurement.key.substr(own.size()) : "";
}

}  // namespace types
