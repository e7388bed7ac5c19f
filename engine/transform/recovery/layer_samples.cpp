// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/layer_samples.h"

#include <algorithm>

#include "calibration/linear_layer.h"
#include "calibration/run_samples.h"
#include "lowering/seeded_input.h"

namespace transform {

using types::Graph;
using types::Result;

namespace {

/// Limits of the work for one layer: rows times columns times channels, and rows.
constexpr size_t kProducts = 20'000'000, kMaxRows = 32'768, kLeastRowsPerColumn = 4;
constexpr size_t kHoldOutEvery = 4;

size_t rowsPerSample(const calibration::LinearLayer& layer, size_t samples) {
    const size_t columns = layer.columns();
    const size_t least = kLeastRowsPerColumn * columns;
    const size_t rows =
        std::clamp(kProducts / (columns * layer.channels()), least, std::max(least, kMaxRows));
    return std::clamp<size_t>(rows / samples, 1, layer.positions());
}

/// Positions spread evenly over the image, shifted from sample to sample.
std::vector<size_t> positionsOf(size_t sample, size_t wanted, size_t all) {
    lowering::SplitMix64 random(sample);
    const double shift = static_cast<double>(random.next() >> 11) * 0x1p-53;
    std::vector<size_t> positions;
    for (size_t i = 0; i < wanted; ++i)
        positions.push_back(std::min(
            all - 1, static_cast<size_t>((static_cast<double>(i) + shift) *
                                         static_cast<double>(all) / static_cast<double>(wanted))));
    return positions;
}

/// Index of a sample among the rows: training samples first, then held-out samples.
size_t placeOf(size_t sample, size_t samples) {
    const size_t heldOut = samples / kHoldOutEvery, block = sample / kHoldOutEvery;
    const bool isHeldOut = sample % kHoldOutEvery == kHoldOutEvery - 1;
    return isHeldOut ? samples - heldOut + block : sample - block;
}

/// Runs a model up to one operator and visits a tensor there.
Result<void> runToLayer(const Graph& graph, size_t op, int32_t tensor,
                        const RecoveryTargets& targets, const calibration::VisitTensor& visit,
                        const types::Work& work) {
    Graph prefix = graph;
    prefix.ops.resize(op + 1);
    return calibration::runSamples(prefix, {tensor}, targets.samples, visit, work);
}

}  // namespace

Result<LayerSamples> sampleLayer(const RecoveryTargets& targets, const Graph& narrowed, size_t op,
                                 const types::Work& work) {
    const calibration::LinearLayer layer(narrowed, op);
    const size_t channels = layer.channels(), samples = targets.samples.size();
    const size_t each = rowsPerSample(layer, samples), rows = each * samples;
    LayerSamples result;
    result.inputs = {rows, layer.columns(), std::vector<float>(rows * layer.columns())};
    result.outputs = {rows, channels, std::vector<float>(rows * channels)};
    result.heldOut = each * (samples / kHoldOutEvery);

    const auto forRows = [&](size_t sample, const auto& visit) {
        size_t row = each * placeOf(sample, samples);
        for (size_t position : positionsOf(sample, each, layer.positions()))
            visit(row++, position);
    };
    const auto keepInputs = [&](size_t sample, size_t, std::span<const float> values) {
        forRows(sample, [&](size_t row, size_t position) {
            layer.writeRow(values, position, result.inputs.row(row));
        });
    };
    const int32_t out = narrowed.ops[op].output(0);
    const types::Shape& shape = targets.original.tensor(out).shape;
    const auto keepOutputs = [&](size_t sample, size_t, std::span<const float> values) {
        const auto left = targets.kept.select(out, shape, {values.begin(), values.end()});
        forRows(sample, [&](size_t row, size_t position) {
            std::copy_n(left.data() + position * channels, channels, result.outputs.row(row));
        });
    };
    auto ran =
        runToLayer(narrowed, op, narrowed.ops[op].input(0), targets, keepInputs, work.part(0, 0.5));
    if (ran) ran = runToLayer(targets.original, op, out, targets, keepOutputs, work.part(0.5, 1));
    if (!ran) return tl::unexpected(ran.error());
    return result;
}

}  // namespace transform
