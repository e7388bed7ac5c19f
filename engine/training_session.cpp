// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/training_session.h"

#include <algorithm>

#include "bytes/sha256.h"
#include "engine/learning_set.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace engine {

using namespace types;

namespace {

/// A stage gets this much where the time is over: a step at least.
constexpr double kLeastSeconds = 1e-3;

template <typename Value>
void append(std::vector<Value>& list, const std::vector<Value>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

}  // namespace

bool canTeach(const Graph& teacher, const Graph& student) {
    return teacher.tensor(teacher.inputs[0]).shape == student.tensor(student.inputs[0]).shape;
}

TrainingSession::TrainingSession(const Graph& original, const Variation& variation,
                                 const TrainingParts& parts, const TrainingControl& control)
    : m_original(original), m_variation(variation), m_parts(parts), m_control(control) {}

std::string TrainingSession::fingerprint(const std::string& stage) const {
    std::string text = stage + transform::variationText(m_variation) +
                       bytes::sha256(tflite::writeBytes(m_original).view());
    for (const data::Dataset* part : {&m_parts.train, &m_parts.validation})
        for (const data::Sample& sample : part->samples)
            text += sample.name + std::to_string(sample.label) + bytes::sha256(sample.bytes.view());
    return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

double TrainingSession::secondsLeft() const {
    const double since = std::chrono::duration<double>(Clock::now() - m_since).count();
    return std::max(m_variation.train.seconds - m_spent - since, kLeastSeconds);
}

learning::LossOptions TrainingSession::lossOptions() const {
    learning::LossOptions options;
    options.kind = m_parts.lesson.kind;
    options.classWeights = m_parts.classWeights;
    return options;
}

learning::TrainOptions TrainingSession::optionsFor(const TrainingStage& stage,
                                                   bool ofOriginal) const {
    learning::TrainOptions options;
    const TrainKnobs& knobs = m_variation.train;
    options.epochs = stage.epochs;
    if (knobs.seconds > 0) options.seconds = stage.timeShare * secondsLeft();
    options.seed = knobs.seed;
    options.rate = stage.rate;
    options.loss = lossOptions();
    options.loss.labelShare = stage.labelShare;
    const bool arePixels = m_parts.train.samples[0].content == data::Content::Pixels;
    options.augmentation = learning::augmentationFor(
        stage.student.tensor(stage.student.inputs[0]).shape, arePixels, knobs.augment, knobs.flip);
    options.keepZeros = stage.keepZeros;
    options.rounding = stage.rounding;
    options.isFinishAsked = m_control.isFinishAsked;
    if (m_control.onEpoch)
        options.onEpoch = [this, ofOriginal](const Training& log) {
            m_control.onEpoch(ofOriginal, ofOriginal ? log : joined(log));
        };
    if (m_control.state.empty()) return options;
    options.state = m_control.state;
    options.state += "." + stage.name;
    options.fingerprint = fingerprint(stage.name);
    return options;
}

const TrainingSession::Sets& TrainingSession::setsFor(const Graph& model) {
    const Tensor input = scoring::inputFor(m_original, model);
    if (!m_sets || m_sets->input != input.shape)
        m_sets = Sets{input.shape, learningSet(m_parts.train, m_parts.lesson, input),
                      learningSet(m_parts.validation, m_parts.lesson, input)};
    return *m_sets;
}

Result<learning::TrainedModel> TrainingSession::run(const TrainingStage& stage, bool ofOriginal,
                                                    const Work& work) {
    const Graph& student = stage.student;
    const bool isTaught = stage.teacher && canTeach(*stage.teacher, student);
    const learning::TrainOptions options = optionsFor(stage, ofOriginal);
    const Sets& sets = setsFor(student);
    auto trained = learning::train(student, isTaught ? stage.teacher : nullptr, sets.training,
                                   sets.validation, options, work.part(0, 1, stage.text));
    if (!trained) return trained;
    m_since = Clock::now();
    m_spent += trained->log.seconds;
    return trained;
}

Result<learning::TrainedModel> TrainingSession::trainOriginal(const TrainingStage& stage,
                                                              const Work& work) {
    auto trained = run(stage, true, work);
    if (trained) m_originalLog = trained->log;
    return trained;
}

Result<learning::TrainedModel> TrainingSession::train(const TrainingStage& stage,
                                                      const Work& work) {
    m_before = m_log.value_or(Training());
    auto trained = run(stage, false, work);
    if (!trained) return trained;
    m_log = joined(trained->log);
    if (stage.rounding) m_log->roundingEpochs = trained->log.epochs;
    return trained;
}

Training TrainingSession::joined(const Training& next) const {
    Training all = m_before;
    all.bestEpoch = next.bestEpoch > 0 ? all.epochs + next.bestEpoch : all.bestEpoch;
    all.epochs += next.epochs;
    all.seconds += next.seconds;
    all.trainSamples = next.trainSamples;
    all.validationSamples = next.validationSamples;
    append(all.loss, next.loss);
    append(all.validationLoss, next.validationLoss);
    append(all.accuracy, next.accuracy);
    all.seed = next.seed;
    all.wasStopped = all.wasStopped || next.wasStopped;
    if (all.notes.empty()) all.notes = next.notes;
    return all;
}

void TrainingSession::setKeepsRounding(bool keeps) {
    if (!m_log) return;
    m_log->keepsRounding = keeps;
    if (!keeps) m_log->bestEpoch = m_before.bestEpoch;
}

std::optional<Training> TrainingSession::log() const {
    if (!m_log && !m_originalLog) return std::nullopt;
    Training log = m_log ? *m_log : *m_originalLog;
    if (!m_originalLog) return log;
    log.originalEpochs = m_originalLog->epochs;
    log.originalSeconds = m_originalLog->seconds;
    return log;
}

}  // namespace engine
