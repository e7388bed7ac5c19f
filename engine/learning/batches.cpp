// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/batches.h"

#include <algorithm>
#include <numeric>

namespace learning {

using types::Result;

Batches::Batches(const TrainingSet& set, size_t batch, uint64_t seed, AugmentationPlan plan)
    : m_set(set), m_batch(batch), m_seed(seed), m_plan(plan) {}

size_t Batches::count() const {
    return (m_set.count + m_batch - 1) / m_batch;
}

const std::vector<size_t>& Batches::orderOf(size_t epoch) {
    if (epoch == m_epoch) return m_order;
    m_epoch = epoch;
    m_order.resize(m_set.count);
    std::iota(m_order.begin(), m_order.end(), size_t(0));
    Random random{m_seed, epoch};
    for (size_t i = m_order.size(); i > 1; --i)
        std::swap(m_order[i - 1], m_order[random.below(i)]);
    return m_order;
}

void Batches::want(size_t sample, std::span<const float> input, Wanted& wanted) const {
    if (!m_set.labels.empty()) wanted.labels.push_back(m_set.labels[sample]);
    if (m_set.reconstructs)
        wanted.targets.insert(wanted.targets.end(), input.begin(), input.end());
    else if (!m_set.targets.empty())
        wanted.targets.insert(wanted.targets.end(), m_set.targets[sample].begin(),
                              m_set.targets[sample].end());
}

Result<void> Batches::vary(Random& random, size_t sample, std::span<float> input, Wanted& wanted) {
    augment(m_plan, random, input);
    // Two known labels can be mixed, or none: then the teacher tells what the mixture is.
    const size_t other = random.below(m_set.count);
    const bool mayMix =
        m_set.targets.empty() &&
        (m_set.labels.empty() || (m_set.labels[sample] >= 0 && m_set.labels[other] >= 0));
    float share = 0;
    if (mayMix && m_plan.kind == types::Augmentation::Images) {
        m_other.resize(input.size());
        if (auto read = m_set.read(other, m_other); !read) return read;
        share = mixIn(m_plan, random, input, m_other);
    }
    if (!m_set.labels.empty()) {
        wanted.otherLabels.push_back(share > 0 ? m_set.labels[other] : -1);
        wanted.mixed.push_back(share);
    }
    return {};
}

Result<size_t> Batches::fill(size_t epoch, size_t index, std::span<float> inputs, Wanted& wanted) {
    const std::vector<size_t>& order = orderOf(epoch);
    const size_t first = index * m_batch, count = std::min(m_batch, m_set.count - first);
    const size_t size = inputs.size() / m_batch;
    wanted = {};
    for (size_t i = 0; i < count; ++i) {
        const std::span<float> input = inputs.subspan(i * size, size);
        const size_t sample = order[first + i];
        if (auto read = m_set.read(sample, input); !read) return tl::unexpected(read.error());
        Random random{m_seed + 1, epoch, first + i};
        if (auto varied = vary(random, sample, input, wanted); !varied)
            return tl::unexpected(varied.error());
        want(sample, input, wanted);
    }
    return count;
}

Result<size_t> Batches::fillPlain(size_t index, std::span<float> inputs, Wanted& wanted) {
    const size_t first = index * m_batch, count = std::min(m_batch, m_set.count - first);
    const size_t size = inputs.size() / m_batch;
    wanted = {};
    for (size_t i = 0; i < count; ++i) {
        const std::span<float> input = inputs.subspan(i * size, size);
        if (auto read = m_set.read(first + i, input); !read) return tl::unexpected(read.error());
        want(first + i, input, wanted);
    }
    return count;
}

}  // namespace learning
