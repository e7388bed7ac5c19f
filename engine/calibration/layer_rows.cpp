// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/layer_rows.h"

#include <algorithm>

namespace calibration {
namespace {

std::vector<int32_t> inputsOf(const types::Graph& graph, const std::vector<size_t>& ops) {
    std::vector<int32_t> tensors;
    tensors.reserve(ops.size());
    for (size_t op : ops)
        tensors.push_back(graph.ops[op].input(0));
    return tensors;
}

std::vector<LinearLayer> layersOf(const types::Graph& graph, const std::vector<size_t>& ops) {
    std::vector<LinearLayer> layers;
    layers.reserve(ops.size());
    for (size_t op : ops)
        layers.emplace_back(graph, op);
    return layers;
}

std::vector<double> meanRow(const LinearLayer& layer, std::span<const float> input) {
    std::vector<double> mean(layer.columns(), 0);
    std::vector<float> row(layer.columns());
    for (size_t position = 0; position < layer.positions(); ++position) {
        layer.writeRow(input, position, row.data());
        for (size_t column = 0; column < row.size(); ++column)
            mean[column] += double{row[column]};
    }
    for (double& value : mean)
        value /= static_cast<double>(layer.positions());
    return mean;
}

}  // namespace

types::Result<std::map<size_t, std::vector<double>>> meanRows(
    const types::Graph& graph, const std::vector<size_t>& ops,
    const std::vector<RealSample>& samples, const types::Work& work) {
    const auto layers = layersOf(graph, ops);
    // Computes a mean per sample first, so that the order of summation does not depend on threads.
    std::vector<std::vector<std::vector<double>>> means(
        ops.size(), std::vector<std::vector<double>>(samples.size()));
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        means[i][sample] = meanRow(layers[i], values);
    };
    auto ran = runSamples(graph, inputsOf(graph, ops), samples, visit, work);
    if (!ran) return tl::unexpected(ran.error());
    std::map<size_t, std::vector<double>> result;
    for (size_t i = 0; i < ops.size(); ++i) {
        std::vector<double>& total = result[ops[i]];
        total.assign(layers[i].columns(), 0);
        for (const auto& mean : means[i])
            for (size_t column = 0; column < total.size(); ++column)
                total[column] += mean[column] / static_cast<double>(samples.size());
    }
    return result;
}

types::Result<std::map<size_t, LayerRows>> sampleRows(const types::Graph& graph,
                                                      const std::vector<size_t>& ops,
                                                      const std::vector<RealSample>& samples,
                                                      size_t most, const types::Work& work) {
    const auto layers = layersOf(graph, ops);
    const size_t share = (most + samples.size() - 1) / samples.size();
    std::vector<LayerRows> rows(ops.size());
    for (size_t i = 0; i < ops.size(); ++i) {
        rows[i].columns = layers[i].columns();
        rows[i].rows = std::min(share, layers[i].positions()) * samples.size();
        rows[i].values.resize(rows[i].rows * rows[i].columns);
    }
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        const size_t taken = rows[i].rows / samples.size();
        for (size_t k = 0; k < taken; ++k) {
            // Each sample starts at another offset, so that all positions are covered in the end.
            const size_t position =
                (k * layers[i].positions() / taken + sample * 7) % layers[i].positions();
            layers[i].writeRow(values, position, rows[i].row(sample * taken + k));
        }
    };
    auto ran = runSamples(graph, inputsOf(graph, ops), samples, visit, work);
    if (!ran) return tl::unexpected(ran.error());
    std::map<size_t, LayerRows> result;
    for (size_t i = 0; i < ops.size(); ++i)
        result[ops[i]] = std::move(rows[i]);
    return result;
}

}  // namespace calibration
