// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/layer_samples.h"

#include <algorithm>
#include <numeric>

#include "calibration/linear_layer.h"
#include "lowering/seeded_input.h"

namespace transform {

using calibration::LinearLayer;
using types::Graph;
using types::Result;

namespace {

/// Limits of the work for one unit: rows times taps times channels, and rows.
constexpr size_t kProducts = 8'000'000, kMaxRows = 16'384, kLeastRowsPerTap = 4;
constexpr size_t kHoldOutEvery = 4;

std::vector<LinearLayer> linearLayers(const Graph& graph, const RecoveryUnit& unit) {
    std::vector<LinearLayer> layers;
    for (size_t op : unit.layers)
        layers.emplace_back(graph, op);
    return layers;
}

size_t tapsOf(const std::vector<LinearLayer>& layers) {
    return std::accumulate(layers.begin(), layers.end(), size_t{0},
                           [](size_t sum, const LinearLayer& layer) { return sum + layer.taps(); });
}

size_t rowsPerSample(const std::vector<LinearLayer>& layers, size_t samples) {
    const size_t taps = tapsOf(layers), least = kLeastRowsPerTap * taps;
    const size_t rows =
        std::clamp(kProducts / (taps * layers[0].channels()), least, std::max(least, kMaxRows));
    return std::clamp<size_t>((rows + samples - 1) / samples, 1, layers[0].positions());
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

/// Calls visit(row, position) for the rows of one sample.
template <typename Visit>
void forRows(const UnitTargets& targets, size_t positions, size_t sample, Visit visit) {
    size_t row = targets.rowsPerSample * placeOf(sample, targets.samples);
    for (size_t position : positionsOf(sample, targets.rowsPerSample, positions))
        visit(row++, position);
}

/// For every remaining element of an activation: its place in the original.
std::vector<size_t> placesOf(const Graph& original, const KeptElements& kept, int32_t tensor) {
    const types::Tensor& all = original.tensor(tensor);
    std::vector<float> numbers(static_cast<size_t>(all.elements()));
    // Exact for the activations that fit into memory here: up to 2^24 elements.
    std::iota(numbers.begin(), numbers.end(), 0.0f);
    const auto left = kept.select(tensor, all.shape, numbers);
    return {left.begin(), left.end()};
}

/// Writes the columns of one layer into rows of a problem; depthwise layers of a problem of their
/// own get one column per tap and channel.
void writeInputs(const LinearLayer& layer, std::span<const float> values, size_t position,
                 std::vector<float>& scratch, float* row) {
    if (!layer.isDepthwise()) {
        layer.writeRow(values, position, row);
        return;
    }
    scratch.resize(layer.columns());
    layer.writeRow(values, position, scratch.data());
    for (size_t k = 0; k < layer.taps(); ++k)
        for (size_t channel = 0; channel < layer.channels(); ++channel)
            *row++ = scratch[layer.columnAt(channel, k)];
}

}  // namespace

size_t UnitTargets::heldOut() const {
    return rowsPerSample * (samples / kHoldOutEvery);
}

Result<std::vector<UnitTargets>> targetsOf(const Graph& original, const Graph& narrowed,
                                           const KeptElements& kept,
                                           const std::vector<RecoveryUnit>& units,
                                           const std::vector<calibration::RealSample>& samples,
                                           const types::Work& work) {
    std::vector<UnitTargets> targets;
    std::vector<std::vector<size_t>> places;
    std::vector<int32_t> tensors;
    for (const RecoveryUnit& unit : units) {
        const auto layers = linearLayers(narrowed, unit);
        const size_t each = rowsPerSample(layers, samples.size()), rows = each * samples.size();
        const size_t channels = layers[0].channels();
        targets.push_back(
            {each, samples.size(), {rows, channels, std::vector<float>(rows * channels)}});
        tensors.push_back(narrowed.ops[unit.last].output(0));
        places.push_back(placesOf(original, kept, tensors.back()));
    }
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        UnitTargets& unit = targets[i];
        const size_t channels = unit.outputs.columns;
        forRows(unit, places[i].size() / channels, sample, [&](size_t row, size_t position) {
            for (size_t c = 0; c < channels; ++c)
                unit.outputs.row(row)[c] = values[places[i][position * channels + c]];
        });
    };
    if (auto ran = calibration::runSamples(original, tensors, samples, visit, work); !ran)
        return tl::unexpected(ran.error());
    return targets;
}

Result<LinearProblem> problemOf(const Graph& narrowed, const RecoveryUnit& unit,
                                UnitTargets& targets, const SegmentRuns& runs,
                                const types::Work& work) {
    const auto layers = linearLayers(narrowed, unit);
    LinearProblem problem;
    problem.outputs = std::move(targets.outputs);
    problem.heldOut = targets.heldOut();
    problem.isDepthwise = layers[0].isDepthwise();
    const size_t rows = problem.outputs.rows, channels = problem.outputs.columns;
    const size_t columns = tapsOf(layers) * (problem.isDepthwise ? channels : 1);
    problem.inputs = {rows, columns, std::vector<float>(rows * columns)};
    std::vector<int32_t> tensors;
    std::vector<size_t> from;
    for (size_t i = 0, column = 0; i < layers.size(); column += layers[i++].taps()) {
        tensors.push_back(narrowed.ops[unit.layers[i]].input(0));
        from.push_back(column);
    }
    if (unit.other >= 0) {
        tensors.push_back(unit.other);
        problem.others = {rows, channels, std::vector<float>(rows * channels)};
    }
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        std::vector<float> scratch;
        forRows(targets, layers[0].positions(), sample, [&](size_t row, size_t position) {
            if (i < layers.size())
                writeInputs(layers[i], values, position, scratch,
                            problem.inputs.row(row) + from[i]);
            else
                std::copy_n(values.data() + position * channels, channels, problem.others.row(row));
        });
    };
    if (auto ran = runs.visit(narrowed, unit.last, tensors, visit, work); !ran)
        return tl::unexpected(ran.error());
    return problem;
}

}  // namespace transform
