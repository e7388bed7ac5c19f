// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/importance.h"

#include <cmath>
#include <numeric>
#include <unordered_map>

#include "analysis/real_values.h"

namespace transform {
namespace {

/// Sum of |w| of every slice of a constant along `axis`.
std::vector<double> sliceNorms(const types::Graph& graph, int32_t tensor, int32_t axis) {
    const types::Shape& shape = graph.tensor(tensor).shape;
    const auto length = static_cast<size_t>(shape[static_cast<size_t>(axis)]);
    std::vector<double> norms(length, 0.0);
    const std::vector<float> values =
        analysis::dequantize(graph.tensor(tensor), graph.constantData(tensor).view());
    size_t inner = 1;
    for (size_t i = static_cast<size_t>(axis) + 1; i < shape.size(); ++i)
        inner *= static_cast<size_t>(shape[i]);
    for (size_t start = 0; start < values.size(); start += inner) {
        double sum = 0;
        for (size_t i = start; i < start + inner; ++i)
            sum += std::fabs(values[i]);
        norms[start / inner % length] += sum;
    }
    return norms;
}

using Positions = std::unordered_map<int32_t, size_t>;

/// The part of one producing layer: norms of the group's units, divided by their mean.
void addLayer(const types::Graph& graph, const ChannelGroups& groups, Axis axis,
              const Positions& positions, std::vector<double>& importance) {
    const int32_t tensor = groups.axes().places()[static_cast<size_t>(axis.place)].tensor;
    const std::vector<double> norms = sliceNorms(graph, tensor, axis.axis);
    std::vector<double> layer(importance.size(), 0.0);
    for (size_t i = 0; i < norms.size(); ++i) {
        const auto found = positions.find(groups.unitOf(axis, static_cast<int32_t>(i)));
        if (found != positions.end()) layer[found->second] += norms[i];
    }
    const double mean =
        std::accumulate(layer.begin(), layer.end(), 0.0) / static_cast<double>(layer.size());
    if (mean <= 0) return;
    for (size_t unit = 0; unit < layer.size(); ++unit)
        importance[unit] += layer[unit] / mean;
}

}  // namespace

std::vector<double> l1Importance(const types::Graph& graph, const ChannelGroups& groups,
                                 const ChannelGroup& group) {
    Positions positions;
    for (size_t i = 0; i < group.units.size(); ++i)
        positions[group.units[i]] = i;
    std::vector<double> importance(group.units.size(), 0.0);
    for (const Producer& producer : group.producers)
        addLayer(graph, groups, producer.axis, positions, importance);
    return importance;
}

}  // namespace transform
