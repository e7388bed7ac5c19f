// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingSession: the trainings of one variation, one after the other, as stages of one budget of
// time or epochs with one log. It knows the data and how they are learned; train_on_data.cpp knows
// what is trained when.

#include <chrono>
#include <string>

#include "engine/training_parts.h"
#include "engine/vary_on_data.h"
#include "learning/train.h"

namespace engine {

/// One training.
struct TrainingStage {
    std::string name;  ///< part of the name of its state file
    const types::Graph& student;
    const types::Graph* teacher = nullptr;
    int32_t epochs = 0;    ///< 0: where only time limits
    double timeShare = 1;  ///< of the time that is left, where time limits
    double rate = 0.006;
    double labelShare = 0.5;  ///< of labels against the teacher
    bool keepZeros = true;
    std::optional<learning::RoundingOptions> rounding = {};
    const char* text = "training";  ///< for the progress
};

/// False for a teacher that reads inputs of another size: it cannot see the same batch.
bool canTeach(const types::Graph& teacher, const types::Graph& student);

class TrainingSession {
public:
    /// All arguments outlive it.
    TrainingSession(const types::Graph& original, const types::Variation& variation,
                    const TrainingParts& parts, const TrainingControl& control);

    /// Trains the original; of its log, only epochs and seconds are kept beside another one.
    types::Result<learning::TrainedModel> trainOriginal(const TrainingStage& stage,
                                                        const types::Work& work);
    /// Trains the varied model; the logs of its stages are joined.
    types::Result<learning::TrainedModel> train(const TrainingStage& stage,
                                                const types::Work& work);

    /// The log of the varied model, or of the original where nothing else was trained; empty: none.
    std::optional<types::Training> log() const;
    struct Sets {
        types::Shape input;
        learning::TrainingSet training, validation;
    };
    /// The parts as the inputs of a model, whose size may not be the original's. Valid until asked
    /// for another size.
    const Sets& setsFor(const types::Graph& model);
    learning::LossOptions lossOptions() const;
    /// Says in the log that the last stage's simulated rounding was kept, or not.
    void setKeepsRounding(bool keeps);

private:
    using Clock = std::chrono::steady_clock;

    learning::TrainOptions optionsFor(const TrainingStage& stage, bool ofOriginal) const;
    types::Result<learning::TrainedModel> run(const TrainingStage& stage, bool ofOriginal,
                                              const types::Work& work);
    std::string fingerprint(const std::string& stage) const;
    /// Seconds of the whole budget that are not over.
    double secondsLeft() const;
    types::Training joined(const types::Training& next) const;

    const types::Graph& m_original;
    const types::Variation& m_variation;
    const TrainingParts& m_parts;
    const TrainingControl& m_control;
    Clock::time_point m_since = Clock::now();  ///< start, or end of the last stage
    double m_spent = 0;                        ///< seconds before
    std::optional<types::Training> m_log, m_originalLog;
    std::optional<Sets> m_sets;
    /// Of the varied model before its last stage.
    types::Training m_before;
};

}  // namespace engine
