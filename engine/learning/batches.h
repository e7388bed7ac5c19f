// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Batches: the samples of a TrainingSet in the order of an epoch, augmented. Every batch is
// determined by seed, epoch and its place, so that a training can resume at any batch.
//
// Thread rules: one thread; the set outlives it.

#include "learning/augmentation.h"
#include "learning/losses.h"
#include "learning/training_set.h"

namespace learning {

class Batches {
public:
    Batches(const TrainingSet& set, size_t batch, uint64_t seed, AugmentationPlan plan);

    /// Batches of an epoch; a rest that is smaller than a batch is one more.
    size_t count() const;
    /// Writes the inputs of a batch and what its outputs should be, without the teacher's; returns
    /// the number of samples. `inputs` has room for a whole batch.
    types::Result<size_t> fill(size_t epoch, size_t index, std::span<float> inputs, Wanted& wanted);
    /// The same in the set's order, as the samples are.
    types::Result<size_t> fillPlain(size_t index, std::span<float> inputs, Wanted& wanted);

private:
    void want(size_t sample, std::span<const float> input, Wanted& wanted) const;
    types::Result<void> vary(Random& random, size_t sample, std::span<float> input, Wanted& wanted);
    const std::vector<size_t>& orderOf(size_t epoch);

    const TrainingSet& m_set;
    size_t m_batch;
    uint64_t m_seed;
    AugmentationPlan m_plan;
    std::vector<size_t> m_order;
    size_t m_epoch = SIZE_MAX;
    std::vector<float> m_other;
};

}  // namespace learning
