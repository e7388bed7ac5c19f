// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/importance.h"

#include <cassert>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "analysis/real_values.h"

namespace transform {

using types::ImportanceMeasure;

namespace {

/// The weights of one producing layer for each unit of a group.
using Slices = std::vector<std::vector<float>>;
using Positions = std::unordered_map<int32_t, size_t>;

Slices slicesOf(const types::Graph& graph, const ChannelGroups& groups, Axis axis,
                const Positions& positions) {
    const int32_t tensor = groups.axes().owners()[static_cast<size_t>(axis.owner)].tensor;
    const types::Shape& shape = graph.tensor(tensor).shape;
    const auto length = static_cast<size_t>(shape[static_cast<size_t>(axis.axis)]);
    const std::vector<float> values =
        analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
    size_t inner = 1;
    for (size_t i = static_cast<size_t>(axis.axis) + 1; i < shape.size(); ++i)
        inner *= static_cast<size_t>(shape[i]);
    Slices slices(positions.size());
    for (size_t start = 0; start < values.size(); start += inner) {
        const auto element = static_cast<int32_t>(start / inner % length);
        const auto unit = positions.find(groups.unitOf(axis, element));
        if (unit == positions.end()) continue;
        const auto from = values.begin() + static_cast<ptrdiff_t>(start);
        std::vector<float>& slice = slices[unit->second];
        slice.insert(slice.end(), from, from + static_cast<ptrdiff_t>(inner));
    }
    return slices;
}

double l1(const std::vector<float>& slice) {
    return std::accumulate(slice.begin(), slice.end(), 0.0,
                           [](double sum, float w) { return sum + std::fabs(w); });
}

double l2(const std::vector<float>& slice) {
    return std::sqrt(std::inner_product(slice.begin(), slice.end(), slice.begin(), 0.0));
}

double distance(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        sum += (double{a[i]} - b[i]) * (double{a[i]} - b[i]);
    return std::sqrt(sum);
}

GroupScores distancesToOthers(const Slices& slices) {
    GroupScores sums(slices.size(), 0.0);
    for (size_t a = 0; a < slices.size(); ++a) {
        for (size_t b = a + 1; b < slices.size(); ++b) {
            const double d = distance(slices[a], slices[b]);
            sums[a] += d;
            sums[b] += d;
        }
    }
    return sums;
}

GroupScores scoresOf(const Slices& slices, ImportanceMeasure measure) {
    if (measure == ImportanceMeasure::GeometricMedian) return distancesToOthers(slices);
    assert(measure != ImportanceMeasure::Sensitivity);
    GroupScores scores;
    for (const auto& slice : slices)
        scores.push_back(measure == ImportanceMeasure::L1 ? l1(slice) : l2(slice));
    return scores;
}

}  // namespace

GroupScores weightImportance(const types::Graph& graph, const ChannelGroups& groups,
                             const ChannelGroup& group, ImportanceMeasure measure) {
    Positions positions;
    for (size_t i = 0; i < group.units.size(); ++i)
        positions[group.units[i]] = i;
    GroupScores importance(group.units.size(), 0.0);
    for (const Producer& producer : group.producers) {
        const auto layer = scoresOf(slicesOf(graph, groups, producer.axis, positions), measure);
        const double mean =
            std::accumulate(layer.begin(), layer.end(), 0.0) / static_cast<double>(layer.size());
        if (mean <= 0) continue;
        for (size_t unit = 0; unit < layer.size(); ++unit)
            importance[unit] += layer[unit] / mean;
    }
    return importance;
}

Scores weightImportance(const types::Graph& graph, const ChannelGroups& groups,
                        ImportanceMeasure measure) {
    Scores scores;
    for (const ChannelGroup& group : groups.groups())
        scores.push_back(group.removable() ? weightImportance(graph, groups, group, measure)
                                           : GroupScores(group.units.size(), 0.0));
    return scores;
}

}  // namespace transform
