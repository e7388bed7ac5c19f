// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to Network: a mask along the last axis of an activation.

#include "learning/rules/rule.h"

namespace learning {

class ChannelMask {
public:
    ChannelMask(std::span<const float> mask, size_t batch, size_t groups, size_t sampleFloats);

    void forward(const Slot& slot, const Chunk& chunk);
    void backward(const Slot& slot, const Chunk& chunk);
    void clearGradient();
    /// Adds the groups' sums.
    void finish();
    std::span<const float> gradient() const { return {m_gradient.data(), m_mask.size()}; }

private:
    std::vector<float> m_mask;
    std::vector<float> m_gradient;  ///< per group
    Floats m_before;                ///< values before the mask
};

}  // namespace learning
