// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Texts of a training: what it would do with the data, how far it is, and what came of it.

#include <QString>
#include <optional>

#include "types/augmented_sample.h"
#include "types/evaluation.h"
#include "types/training_plan.h"

namespace views {

/// Where a running training stands.
struct TrainingProgress {
    std::optional<types::Training> original;  ///< the baseline; empty: not begun, or not trained
    std::optional<types::Training> varied;    ///< empty: not begun
    double share = 0;                         ///< 0 to 1 of the whole
    std::optional<double> secondsLeft;        ///< empty: too early to tell
    QString step;
};

/// "Learns from 425 samples (61 groups), chooses the epoch on 75 (11), judged on 500 others (70)."
QString partsText(const types::TrainingPlan& plan);
/// "12 classes of 30 to 41 samples", or the imbalance and what is done about it; empty: unlabelled.
QString classesText(const types::TrainingPlan& plan);
/// Samples of each class in the three parts, one class a line.
QString classTable(const types::TrainingPlan& plan);
/// "At most 131 MiB of memory: samples 12.3 MiB, network 119 MiB."
QString memoryText(const types::TrainingPlan& plan);
/// "Stays as it is: #4 ARG_MAX (no derivative rule)."; empty: all layers are trained.
QString frozenText(const types::TrainingPlan& plan);

/// "Varied model, epoch 12 of 30: 88.4 % of the validation part, 18 s left"
QString progressText(const TrainingProgress& progress, const types::TrainKnobs& knobs);
/// "Training: 42 %, about 18 s left", for a status bar.
QString progressBrief(const TrainingProgress& progress, bool isPaused);
/// "18 s", "3 min", "2 h 5 min"
QString durationText(double seconds);

/// "Trained 20 epochs in 12.3 s, seed 1, on 425 samples; epoch 18 chosen on 75 others"; empty: the
/// variation was not trained.
QString trainingText(const types::Evaluation& evaluation);
/// A table in rich text: the trained model, the original trained alike and the original, on samples
/// that none of them saw; empty where there is no quality.
QString trainedQualityTable(const types::Evaluation& evaluation);

/// "shift", "mirror", ...: at most eight letters.
QString stepName(types::AugmentationStep step);

}  // namespace views
