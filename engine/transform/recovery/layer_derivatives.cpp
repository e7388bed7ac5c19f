// SPDX-License-Identifier: GPL-3.0-or-later
// Derivatives of layers with a window: the output's gradient is distributed along the taps.

#include <algorithm>
#include <optional>

#include "calibration/linear_layer.h"
#include "transform/recovery/derivative_rules.h"
#include "transform/recovery/window_taps.h"

namespace transform {
namespace {

using types::OpKind;

/// Each column of a layer's input row gets the sum of weights times gradients of the channels; the
/// taps then add it to the inputs of that column.
void linearLayer(const Derivative& d) {
    const WindowTaps window(d.graph, d.index);
    const calibration::LinearLayer layer(d.graph, d.index);
    const auto outer =
        beforeActivation(activationOf(d.op().options), d.outer(), d.value(d.op().output(0)));
    const std::vector<float>& weights = d.value(d.op().input(1));
    std::vector<float>& inner = d.inner(0);
    std::vector<float> row(layer.columns());
    for (size_t position = 0; position < layer.positions(); ++position) {
        std::ranges::fill(row, 0.0f);
        const float* gradient = outer.data() + position * layer.channels();
        for (size_t channel = 0; channel < layer.channels(); ++channel) {
            if (gradient[channel] == 0) continue;
            for (size_t k = 0; k < layer.taps(); ++k)
                row[layer.columnAt(channel, k)] +=
                    weights[layer.weightAt(channel, k)] * gradient[channel];
        }
        window.forEachTap(position, [&](size_t tap, size_t owner) {
            for (size_t c = 0; c < window.channels(); ++c)
                inner[owner + c] += row[tap * window.channels() + c];
        });
    }
}

void averagePool(const Derivative& d) {
    const WindowTaps window(d.graph, d.index);
    const auto outer =
        beforeActivation(activationOf(d.op().options), d.outer(), d.value(d.op().output(0)));
    std::vector<float>& inner = d.inner(0);
    for (size_t position = 0; position < window.positions(); ++position) {
        size_t inside = 0;
        window.forEachTap(position, [&](size_t, size_t) { ++inside; });
        const float* gradient = outer.data() + position * window.channels();
        window.forEachTap(position, [&](size_t, size_t owner) {
            for (size_t c = 0; c < window.channels(); ++c)
                inner[owner + c] += gradient[c] / static_cast<float>(inside);
        });
    }
}

/// The largest input of each window gets the whole gradient.
void maxPool(const Derivative& d) {
    const WindowTaps window(d.graph, d.index);
    const auto outer =
        beforeActivation(activationOf(d.op().options), d.outer(), d.value(d.op().output(0)));
    const std::vector<float>& input = d.value(d.op().input(0));
    std::vector<float>& inner = d.inner(0);
    for (size_t position = 0; position < window.positions(); ++position)
        for (size_t c = 0; c < window.channels(); ++c) {
            std::optional<size_t> greatest;
            window.forEachTap(position, [&](size_t, size_t owner) {
                if (!greatest || input[owner + c] > input[*greatest]) greatest = owner + c;
            });
            if (greatest) inner[*greatest] += outer[position * window.channels() + c];
        }
}

}  // namespace

DerivativeRule layerDerivativeRule(const types::Graph& graph, size_t op) {
    switch (graph.ops[op].kind) {
        case OpKind::AVERAGE_POOL_2D:
            return averagePool;
        case OpKind::MAX_POOL_2D:
            return maxPool;
        default:
            return calibration::LinearLayer::is(graph, op) ? linearLayer : nullptr;
    }
}

}  // namespace transform
