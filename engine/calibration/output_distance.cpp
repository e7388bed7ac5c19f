// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/output_distance.h"

#include <algorithm>
#include <cmath>

#include "calibration/run_samples.h"

namespace calibration {

using types::Graph;
using types::Result;

namespace {

constexpr size_t kHoldBackEvery = 4;

/// True where a softmax writes the tensor, directly or through operators that pass codes on.
bool isProbability(const Graph& graph, int32_t tensor) {
    for (size_t i = graph.ops.size(); i-- > 0;) {
        const types::Op& op = graph.ops[i];
        if (std::ranges::count(op.outputs, tensor) == 0) continue;
        if (op.kind == types::OpKind::SOFTMAX) return true;
        if (op.kind != types::OpKind::QUANTIZE && op.kind != types::OpKind::DEQUANTIZE &&
            op.kind != types::OpKind::RESHAPE)
            return false;
        tensor = op.input(0);
    }
    return false;
}

double halfDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        sum += std::fabs(double{a[i]} - double{b[i]});
    return sum / 2;
}

}  // namespace

Result<OutputDistance> OutputDistance::create(const Graph& original,
                                              std::vector<RealSample> samples,
                                              const types::Work& work) {
    OutputDistance distance;
    distance.m_samples = std::move(samples);
    for (int32_t output : original.outputs)
        distance.m_isProbability.push_back(isProbability(original, output));
    auto outputs = distance.outputsOf(original, work);
    if (!outputs) return tl::unexpected(outputs.error());
    distance.m_outputs = std::move(*outputs);
    return distance;
}

Result<OutputDistance::Outputs> OutputDistance::outputsOf(const Graph& graph,
                                                          const types::Work& work) const {
    Outputs outputs(graph.outputs.size(), std::vector<std::vector<float>>(m_samples.size()));
    const auto visit = [&](size_t sample, size_t i, std::span<const float> values) {
        outputs[i][sample].assign(values.begin(), values.end());
    };
    auto ran = runSamples(graph, graph.outputs, m_samples, visit, work);
    if (!ran) return tl::unexpected(ran.error());
    return outputs;
}

Result<double> OutputDistance::to(const Graph& varied, const types::Work& work) const {
    const auto outputs = outputsOf(varied, work);
    if (!outputs) return tl::unexpected(outputs.error());
    double sum = 0;
    for (size_t i = 0; i < m_outputs.size(); ++i) {
        double difference = 0, error = 0, square = 0;
        for (size_t s = 0; s < m_samples.size(); ++s) {
            const auto &wanted = m_outputs[i][s], &found = (*outputs)[i][s];
            difference += halfDifference(wanted, found);
            for (size_t k = 0; k < std::min(wanted.size(), found.size()); ++k) {
                error += std::pow(double{wanted[k]} - double{found[k]}, 2);
                square += std::pow(double{wanted[k]}, 2);
            }
        }
        sum += m_isProbability[i]
                   ? difference / static_cast<double>(std::max<size_t>(m_samples.size(), 1))
                   : std::sqrt(error / std::max(square, 1e-30));
    }
    return sum / static_cast<double>(std::max<size_t>(m_outputs.size(), 1));
}

HeldBackSamples holdBack(const RealInputs& inputs, size_t mostHeldBack) {
    auto learned = std::make_shared<RealInputs>();
    learned->source = inputs.source;
    HeldBackSamples parts;
    for (size_t i = 0; i < inputs.samples.size(); ++i)
        if (i % kHoldBackEvery == kHoldBackEvery - 1 && parts.heldBack.size() < mostHeldBack)
            parts.heldBack.push_back(inputs.samples[i]);
        else
            learned->samples.push_back(inputs.samples[i]);
    parts.learned = std::move(learned);
    return parts;
}

}  // namespace calibration
