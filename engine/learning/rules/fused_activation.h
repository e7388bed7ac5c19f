// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FusedActivation: the activation that an operator applies to its sums, forwards and backwards.

#include "learning/rules/rule.h"

namespace learning {

class FusedActivation {
public:
    explicit FusedActivation(types::Activation activation);

    /// Limits of the clamp; infinite where there is none.
    float lowest() const { return m_lowest; }
    float highest() const { return m_highest; }
    /// Applies the clamp and the hyperbolic tangent.
    void apply(float* values, size_t count) const;
    /// Applies what a kernel that clamps has left.
    void applyRest(float* values, size_t count) const;

    /// Returns the gradient of the chunk before the activation: overwrites the output's, unless
    /// that is kept; then `scratch` (chunk samples x size) receives it. Adds the sums of `channels`
    /// channels to `sums`, unless null.
    const float* before(const Slot& output, const Chunk& chunk, float* scratch,
                        float* sums = nullptr, size_t channels = 1) const;

private:
    float m_lowest, m_highest;
    bool m_tanh;
};

}  // namespace learning
