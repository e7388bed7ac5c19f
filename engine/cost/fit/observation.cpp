// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/observation.h"

#include <algorithm>
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
        w.broadcast,   w.perChannel,  w.clamped,        w.biased};
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
