// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What training minimizes, for a batch: outputs compared with labels, targets and the outputs of a
// teacher. Sources: cross-entropy of softened outputs, weighted by the square of the temperature:
// Hinton, Vinyals, Dean 2015; two labels per sample: mixup, Zhang et al. 2018.

#include <cstdint>
#include <span>
#include <vector>

namespace learning {

enum class LossKind : int8_t {
    Choice,  ///< outputs are scores of classes before a softmax: cross-entropy
    Values,  ///< mean squared error
};

struct LossOptions {
    LossKind kind = LossKind::Choice;
    double labelShare = 0.5;  ///< of labels or targets against the teacher, where both are there
    double temperature = 2;   ///< softens scores of student and teacher
    std::vector<float> classWeights;  ///< per class; empty: 1
};

/// What the outputs of a batch should be. Empty or -1: not known.
struct Wanted {
    std::vector<int32_t> labels;
    std::vector<int32_t> otherLabels;  ///< of the samples mixed in
    std::vector<float> mixed;          ///< share of the sample mixed in, 0 to 0.5
    std::vector<float> targets;        ///< samples x outputs
    std::span<const float> teacher;    ///< samples x outputs
};

/// Returns the mean loss over `samples` and writes its gradient (samples x outputs, the same size
/// as `outputs`).
double lossOf(const LossOptions& options, size_t samples, std::span<const float> outputs,
              const Wanted& wanted, std::span<float> gradient);

/// Weights of classes by the number of their samples: 1 where no class has over three times as many
/// as another, else proportional to 1 / sqrt(count), with mean 1 over the samples.
std::vector<float> classWeights(std::span<const int32_t> labels, int32_t classes);

}  // namespace learning
