// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/observation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace cost {
namespace {

/// All fields that distinguish two workloads.
auto keyOf(const Workload& w) {
    const std::vector<int64_t> geometry = {
        w.batch,       w.inHeight,    w.inWidth,        w.inChannels,    w.outHeight,
        w.outWidth,    w.outChannels, w.kernelHeight,   w.kernelWidth,   w.strideHeight,
        w.strideWidth, w.padTop,      w.padLeft,        w.validRows,     w.validColumns,
        w.inputs,      w.outputs,     w.dilationHeight, w.dilationWidth, w.operands,
        w.broadcast,   w.perChannel,  w.clamped,        w.biased,        w.rectified};
    return std::tuple(w.kind, w.type, w.weightType, geometry);
}

}  // namespace

bool isCost(double cycles) {
    return std::isfinite(cycles) && cycles >= 1e-3;
}

std::string familyOf(const Workload& w) {
    std::string family = types::opName(w.kind);
    if (w.kernelHeight > 1 || w.kernelWidth > 1)
        family += " " + std::to_string(w.kernelHeight) + "x" + std::to_string(w.kernelWidth);
    if (w.dilationHeight > 1 || w.dilationWidth > 1) family += " dilated";
    return family;
}

// FNV-1a over the fields that differ from an empty workload, so that a field added at the end
// changes no fingerprint of a layer that does not use it.
uint32_t fingerprintOf(const Workload& w) {
    const auto fieldsOf = [](const Workload& of) {
        return std::array{
            static_cast<int64_t>(of.kind),
            static_cast<int64_t>(of.type),
            static_cast<int64_t>(of.weightType),
            of.batch,
            of.inHeight,
            of.inWidth,
            of.inChannels,
            of.outHeight,
            of.outWidth,
            of.outChannels,
            of.kernelHeight,
            of.kernelWidth,
            of.strideHeight,
            of.strideWidth,
            of.dilationHeight,
            of.dilationWidth,
            of.padTop,
            of.padLeft,
            of.validRows,
            of.validColumns,
            of.inputs,
            of.outputs,
            of.operands,
            static_cast<int64_t>(of.broadcast),
        };
    };
    const auto fields = fieldsOf(w), empty = fieldsOf({});
    uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&hash](uint64_t value) {
        for (int byte = 0; byte < 8; ++byte)
            hash = (hash ^ (value >> 8 * byte & 0xff)) * 0x100000001b3ULL;
    };
    for (size_t i = 0; i < fields.size(); ++i) {
        if (fields[i] == empty[i]) continue;
        add(i);
        add(static_cast<uint64_t>(fields[i]));
    }
    return static_cast<uint32_t>(hash ^ hash >> 32);
}

std::vector<Observation> withoutRepeats(std::vector<Observation> observations) {
    std::map<decltype(keyOf(Workload{})), std::vector<size_t>> groups;
    for (size_t i = 0; i < observations.size(); ++i)
        groups[keyOf(observations[i].workload)].push_back(i);
    std::vector<Observation> unique;
    for (auto& [key, members] : groups) {
        std::sort(members.begin(), members.end(), [&](size_t a, size_t b) {
            return observations[a].cycles < observations[b].cycles;
        });
        const size_t middle = members.size() / 2;
        Observation one = observations[members[middle]];
        if (members.size() % 2 == 0)
            one.cycles = (one.cycles + observations[members[middle - 1]].cycles) / 2;
        unique.push_back(std::move(one));
    }
    return unique;
}

}  // namespace cost
