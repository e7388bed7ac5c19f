// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/layer_samples.h"

#include <algorithm>
#include <numeric>

#include "analysis/real_values.h"
#include "calibration/linear_layer.h"
#include "lowering/seeded_input.h"
#include "transform/recovery/residual_loops.h"

namespace transform {

using calibration::LinearLayer;
using types::Graph;
using types::Result;

namespace {

/// Limits of the work for one unit: rows times taps times channels, and rows; of more samples than
/// usual, in proportion more. The few taps of a depthwise channel are known from fewer rows, which
/// hold as many values as products: a few megabytes, since memory takes longer than arithmetic.
constexpr size_t kUsualSamples = 256;
struct WorkLimits {
    size_t products, rows;
};
constexpr WorkLimits kMixingLimits{8'000'000, 16'384}, kDepthwiseLimits{2'000'000, 2'048};
constexpr size_t kLeastRowsPerTap = 4;
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
    const WorkLimits& limits = layers[0].isDepthwise() ? kDepthwiseLimits : kMixingLimits;
    const size_t rows = std::clamp(limits.products / (taps * layers[0].channels()), least,
                                   std::max(least, limits.rows));
    const size_t sharing = std::min(samples, kUsualSamples);
    return std::clamp<size_t>((rows + sharing - 1) / sharing, 1, layers[0].positions());
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

/// Number of operators to run until all of `tensors` are written.
size_t opsUntil(const Graph& graph, const std::vector<int32_t>& tensors) {
    size_t count = graph.ops.size();
    const auto isAsked = [&](int32_t output) { return std::ranges::count(tensors, output) > 0; };
    while (count > 0 && std::ranges::none_of(graph.ops[count - 1].outputs, isAsked))
        --count;
    return count;
}

/// Real values of an activation on one sample, of which few are read: 8-bit codes stay codes, and
/// floats are read where they are.
class ActivationReader {
public:
    ActivationReader(const types::Tensor& tensor, std::span<const uint8_t> bytes) {
        const types::Quantization& q = tensor.quantization;
        if (tensor.type == types::DataType::Int8 && q.present() && !q.perChannel()) {
            m_codes = {reinterpret_cast<const int8_t*>(bytes.data()), bytes.size()};
            m_zero = static_cast<int8_t>(q.firstZeroPoint()), m_scale = q.scale[0];
            return;
        }
        const bool isAligned = reinterpret_cast<uintptr_t>(bytes.data()) % alignof(float) == 0;
        if (tensor.type == types::DataType::Float32 && isAligned) {
            m_values = {reinterpret_cast<const float*>(bytes.data()), bytes.size() / sizeof(float)};
            return;
        }
        m_own = analysis::dequantize(tensor, bytes);
        m_values = m_own;
    }

    float at(size_t i) const {
        return m_codes.empty()
                   ? m_values[i]
                   : (static_cast<float>(m_codes[i]) - static_cast<float>(m_zero)) * m_scale;
    }

    /// Writes the columns of one layer: of a depthwise one, one per tap and channel.
    void writeRow(const LinearLayer& layer, size_t position, float* row) {
        const size_t multiplier =
            layer.isDepthwise() ? layer.channels() * layer.taps() / layer.columns() : 1;
        if (multiplier == 1) return writeColumns(layer, position, row);
        m_row.resize(layer.columns());
        writeColumns(layer, position, m_row.data());
        for (size_t k = 0; k < layer.taps(); ++k)
            for (size_t channel = 0; channel < layer.channels(); ++channel)
                *row++ = m_row[layer.columnAt(channel, k)];
    }

private:
    void writeColumns(const LinearLayer& layer, size_t position, float* row) {
        if (m_codes.empty()) return layer.writeRow(m_values, position, row);
        m_rowCodes.resize(layer.columns());
        layer.writeRow(m_codes, position, m_zero, m_rowCodes.data());
        realValues(m_rowCodes.data(), m_rowCodes.size(), m_zero, m_scale, row);
    }

    std::span<const int8_t> m_codes;  ///< empty: m_values
    int8_t m_zero = 0;
    float m_scale = 1;
    std::span<const float> m_values;
    std::vector<float> m_own, m_row;
    std::vector<int8_t> m_rowCodes;
};

}  // namespace

size_t UnitTargets::heldOut() const {
    return rowsPerSample * (samples / kHoldOutEvery);
}

Result<std::vector<UnitTargets>> targetsOf(const Graph& original, const Graph& narrowed,
                                           const KeptElements& kept,
                                           const std::vector<RecoveryUnit>& units,
                                           const SegmentRuns& runs,
                                           const OriginalActivations* known,
                                           const types::Work& work) {
    const size_t samples = runs.samples();
    std::vector<UnitTargets> targets;
    std::vector<std::vector<size_t>> places;
    std::vector<int32_t> tensors;
    for (const RecoveryUnit& unit : units) {
        const auto layers = linearLayers(narrowed, unit);
        const size_t each = rowsPerSample(layers, samples);
        UnitTargets& target = targets.emplace_back();
        target.rowsPerSample = each, target.samples = samples;
        target.outputs.resize(each * samples, layers[0].channels());
        tensors.push_back(narrowed.ops[unit.last].output(0));
        places.push_back(placesOf(original, kept, tensors.back()));
    }
    const auto visit = [&](size_t sample, size_t i, std::span<const uint8_t> bytes) {
        const ActivationReader values(original.tensor(tensors[i]), bytes);
        UnitTargets& unit = targets[i];
        const size_t channels = unit.outputs.columns;
        forRows(unit, places[i].size() / channels, sample, [&](size_t row, size_t position) {
            for (size_t c = 0; c < channels; ++c)
                unit.outputs.row(row)[c] = values.at(places[i][position * channels + c]);
        });
    };
    if (known && known->hold(tensors)) {
        for (size_t sample = 0; sample < samples; ++sample)
            for (size_t i = 0; i < tensors.size(); ++i)
                visit(sample, i, known->of(tensors[i], sample));
        return targets;
    }
    if (auto ran = runs.visit(original, opsUntil(original, tensors), tensors, visit, work); !ran)
        return tl::unexpected(ran.error());
    return targets;
}

Result<void> setProblem(const Graph& narrowed, const RecoveryUnit& unit, UnitTargets& targets,
                        const SegmentRuns& runs, LinearProblem& problem, const types::Work& work) {
    const auto layers = linearLayers(narrowed, unit);
    problem.outputs = std::move(targets.outputs);
    problem.heldOut = targets.heldOut();
    problem.isDepthwise = layers[0].isDepthwise();
    const size_t rows = problem.outputs.rows, channels = problem.outputs.columns;
    problem.inputs.resize(rows, tapsOf(layers) * (problem.isDepthwise ? channels : 1));
    problem.others.rows = 0;
    std::vector<int32_t> tensors;
    std::vector<size_t> from;
    for (size_t i = 0, column = 0; i < layers.size(); column += layers[i++].taps()) {
        tensors.push_back(narrowed.ops[unit.layers[i]].input(0));
        from.push_back(column);
    }
    if (unit.other >= 0) {
        tensors.push_back(unit.other);
        problem.others.resize(rows, channels);
    }
    const auto visit = [&](size_t sample, size_t i, std::span<const uint8_t> bytes) {
        ActivationReader values(narrowed.tensor(tensors[i]), bytes);
        forRows(targets, layers[0].positions(), sample, [&](size_t row, size_t position) {
            if (i < layers.size())
                return values.writeRow(layers[i], position, problem.inputs.row(row) + from[i]);
            for (size_t c = 0; c < channels; ++c)
                problem.others.row(row)[c] = values.at(position * channels + c);
        });
    };
    return runs.visit(narrowed, unit.last, tensors, visit, work);
}

}  // namespace transform
