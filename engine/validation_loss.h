// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ValidationLoss: the loss of training on validation samples, of models of any precision, as the
// runtime computes them.

#include "calibration/real_inputs.h"
#include "learning/losses.h"
#include "learning/training_set.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace engine {

class ValidationLoss {
public:
    /// Reads at most 1,000 samples and runs the teacher, where there is one.
    static types::Result<ValidationLoss> create(const learning::TrainingSet& set,
                                                const learning::LossOptions& options,
                                                const types::Graph& student,
                                                const types::Graph* teacher,
                                                const types::Work& work);

    /// Mean loss of the scores of `model`, which has the inputs and outputs of the student.
    types::Result<double> of(const types::Graph& model, const types::Work& work) const;

private:
    types::Result<std::vector<float>> scoresOf(const types::Graph& model,
                                               const types::Work& work) const;

    learning::LossOptions m_options;
    std::vector<calibration::RealSample> m_samples;
    learning::Wanted m_wanted;
    std::vector<float> m_teacher;
};

}  // namespace engine
