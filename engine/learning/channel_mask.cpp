// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/channel_mask.h"

#include <algorithm>

namespace learning {

ChannelMask::ChannelMask(std::span<const float> mask, size_t batch, size_t groups,
                         size_t sampleFloats)
    : m_mask(mask.begin(), mask.end()),
      m_gradient(groups * mask.size(), 0.0f),
      m_before(batch * sampleFloats) {}

void ChannelMask::forward(const Slot& slot, const Chunk& chunk) {
    float* values = slot.values(chunk);
    std::copy_n(values, chunk.count * slot.size, m_before.data() + chunk.first * slot.size);
    for (size_t i = 0; i < chunk.count * slot.size; ++i)
        values[i] *= m_mask[i % m_mask.size()];
}

void ChannelMask::backward(const Slot& slot, const Chunk& chunk) {
    const float* before = m_before.data() + chunk.first * slot.size;
    float* gradient = slot.gradients(chunk);
    float* sums = m_gradient.data() + chunk.group * m_mask.size();
    // The rule in front finds the values that it wrote.
    std::copy_n(before, chunk.count * slot.size, slot.values(chunk));
    for (size_t i = 0; i < chunk.count * slot.size; ++i) {
        const size_t channel = i % m_mask.size();
        sums[channel] += gradient[i] * before[i];
        gradient[i] *= m_mask[channel];
    }
}

void ChannelMask::clearGradient() {
    std::ranges::fill(m_gradient, 0.0f);
}

void ChannelMask::finish() {
    for (size_t i = m_mask.size(); i < m_gradient.size(); ++i)
        m_gradient[i % m_mask.size()] += m_gradient[i];
}

}  // namespace learning
