// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/rules/fused_activation.h"

#include <cmath>
#include <limits>

#include "learning/kernels/element_loops.h"

namespace learning {

using types::Activation;

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

float lowestOf(Activation activation) {
    switch (activation) {
        case Activation::Relu:
        case Activation::Relu6:
            return 0;
        case Activation::ReluN1To1:
            return -1;
        default:
            return -kInfinity;
    }
}

float highestOf(Activation activation) {
    switch (activation) {
        case Activation::Relu6:
            return 6;
        case Activation::ReluN1To1:
            return 1;
        default:
            return kInfinity;
    }
}

}  // namespace

FusedActivation::FusedActivation(Activation activation)
    : m_lowest(lowestOf(activation)),
      m_highest(highestOf(activation)),
      m_tanh(activation == Activation::Tanh) {}

void FusedActivation::apply(float* values, size_t count) const {
    for (size_t i = 0; i < count; ++i)
        values[i] = std::min(m_highest, std::max(m_lowest, values[i]));
    applyRest(values, count);
}

void FusedActivation::applyRest(float* values, size_t count) const {
    if (!m_tanh) return;
    for (size_t i = 0; i < count; ++i)
        values[i] = std::tanh(values[i]);
}

const float* FusedActivation::before(const Slot& output, const Chunk& chunk, float* scratch,
                                     float* sums, size_t channels) const {
    float* gradient = output.gradients(chunk);
    const bool clamps = m_lowest > -kInfinity || m_highest < kInfinity;
    if (!clamps && !m_tanh && sums == nullptr) return gradient;
    const float* values = output.values(chunk);
    float* to = output.keepsGradient ? scratch : gradient;
    const size_t count = chunk.count * output.size;
    if (m_tanh) {
        for (size_t i = 0; i < count; ++i)
            to[i] = gradient[i] * (1 - values[i] * values[i]);
        gradient = to;
    }
    clampBackward({values, gradient, to, count / channels, channels, m_lowest, m_highest, sums});
    return to;
}

}  // namespace learning
