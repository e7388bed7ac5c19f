// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// train(): fits a model's parameters to samples. Every batch is augmented, run, compared with its
// labels or targets and with a teacher that sees the same batch, and followed by a step of the
// optimizer. After each epoch the weights averaged over the last steps are judged on the validation
// samples; the best of them are the result. Equal options, data and epochs give equal bits on any
// number of threads; a training that a time limits depends on the machine's speed.

#include <filesystem>
#include <functional>
#include <string>

#include "learning/augmentation.h"
#include "learning/losses.h"
#include "learning/network.h"
#include "learning/optimizer.h"
#include "learning/training_set.h"
#include "types/training.h"
#include "types/work.h"

namespace learning {

struct TrainOptions {
    int32_t epochs = 0;  ///< 0: as many as fit in the seconds
    double seconds = 0;  ///< 0: no limit
    int32_t seed = 1;
    int32_t batch = 32;
    double rate = 0.003;  ///< greatest step of Adam, relative to a tensor's root mean square
    Method method = Method::Adam;
    LossOptions loss;
    AugmentationPlan augmentation;
    bool keepZeros = false;  ///< weights that are 0 stay 0
    std::optional<RoundingOptions> rounding;
    /// Ends where no epoch was better for this share of the training (10 epochs at least). The rate
    /// is high for half of it, where weights are not at their best.
    double patience = 0.7;
    /// Keeps the state of the training and goes on from it; empty: none. Written at least every
    /// `saveSeconds`.
    std::filesystem::path state;
    double saveSeconds = 30;
    std::string fingerprint;  ///< of what else decides the result: the data
    /// Asked between steps: true ends the training with the best so far. It may wait, for a pause;
    /// that time does not count. May be empty.
    std::function<bool()> isFinishAsked;
    /// Told after each epoch how the training went so far. May be empty.
    std::function<void(const types::Training& log)> onEpoch = {};
};

struct TrainedModel {
    types::Graph graph;
    types::Training log;
    quantize::LearnedScales scales;  ///< with simulated rounding
};

/// `student` is a float32 graph (quantize::toFloat()) with one input; so is `teacher`, with the
/// same input and outputs; null: none. Errors: those of Network::build(), of reading samples and of
/// the state; a set without samples; no labels, targets or teacher to learn from; a loss that is no
/// number. A stopped Work is an Error; the state in the file then holds all steps done.
types::Result<TrainedModel> train(const types::Graph& student, const types::Graph* teacher,
                                  const TrainingSet& training, const TrainingSet& validation,
                                  const TrainOptions& options, const types::Work& work = {});

}  // namespace learning
