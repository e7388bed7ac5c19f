// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train_rounded.h"

#include <algorithm>
#include <cstdio>

#include "engine/validation_loss.h"
#include "quantize/float_model.h"
#include "quantize/learned_scales.h"
#include "quantize/quantize_graph.h"

namespace engine {

using namespace types;

namespace {

/// Rounding changes little: steps are smaller than those that bring a pruned model back.
constexpr double kRate = 0.001;
/// What is left of the time converts the result and judges it.
constexpr double kTimeShare = 0.9;

bool isInteger(Precision precision) {
    return precision != Precision::AsStored && precision != Precision::Float32;
}

/// A model and its loss on the validation samples.
struct Candidate {
    GraphPtr graph;
    double loss = 0;
    std::vector<std::string> changes;
};

class RoundingStage {
public:
    RoundingStage(const RoundedTraining& training, TrainingSession& session, const Work& work)
        : m_training(training), m_session(session), m_work(work) {}

    Result<GraphPtr> run(std::vector<std::string>& changes) {
        Candidate plain;
        auto quantized =
            quantize::quantize(m_training.floats, m_training.variation, m_training.calibration,
                               m_work.part(0, 0.1), plain.changes);
        if (!quantized) return quantized;
        plain.graph = std::move(*quantized);
        auto rounded = tried(plain);
        if (!rounded && rounded.error().isCancelled()) return tl::unexpected(rounded.error());
        const bool keeps = rounded && rounded->loss < plain.loss;
        m_session.setKeepsRounding(keeps);
        const Candidate& best = keeps ? *rounded : plain;
        changes.insert(changes.end(), best.changes.begin(), best.changes.end());
        changes.push_back(rounded ? comparison(rounded->loss, plain.loss)
                                  : "rounding was not simulated: " + rounded.error().message());
        return best.graph;
    }

private:
    Result<Candidate> tried(Candidate& plain) {
        if (auto judged = judge(plain); !judged) return tl::unexpected(judged.error());
        auto rounded = trained();
        if (!rounded) return rounded;
        if (auto judged = judge(*rounded); !judged) return tl::unexpected(judged.error());
        return rounded;
    }

    Result<void> judge(Candidate& candidate) {
        if (!m_judge) {
            const Graph& student = *m_training.floats;
            const Graph* teacher = m_training.teacher.get();
            auto judge = ValidationLoss::create(
                m_session.setsFor(student).validation, m_session.lossOptions(), student,
                teacher && canTeach(*teacher, student) ? teacher : nullptr, m_work.quiet());
            if (!judge) return tl::unexpected(judge.error());
            m_judge = std::move(*judge);
        }
        const auto loss = m_judge->of(*candidate.graph, m_work.quiet());
        if (!loss) return tl::unexpected(loss.error());
        candidate.loss = *loss;
        return {};
    }

    Result<Candidate> trained() {
        const GraphPtr floats = start();
        TrainingStage stage{.name = "rounded", .student = *floats};
        stage.teacher = m_training.teacher.get();
        stage.epochs = m_training.epochs;
        stage.rate = kRate;
        stage.timeShare = kTimeShare;
        stage.keepZeros = m_training.keepZeros;
        stage.rounding =
            learning::RoundingOptions{m_training.variation, m_training.calibration, true};
        stage.text = "training with simulated rounding";
        auto model = m_session.train(stage, m_work.part(0.1, 0.95));
        if (!model) return tl::unexpected(model.error());
        Candidate rounded;
        auto quantized = quantize::quantizeTrained(
            std::make_shared<const Graph>(std::move(model->graph)), m_training.variation,
            m_training.calibration, model->scales, m_work.quiet(), rounded.changes);
        if (!quantized) return tl::unexpected(quantized.error());
        rounded.graph = std::move(*quantized);
        return rounded;
    }

    /// One scale for all channels needs channels of similar range.
    GraphPtr start() const {
        if (m_training.variation.quantize.perChannel) return m_training.floats;
        Variation equalized;
        equalized.quantize.precision = Precision::Float32;
        equalized.quantize.equalize = true;
        std::vector<std::string> unused;
        const auto graph = quantize::quantize(m_training.floats, equalized, m_training.calibration,
                                              m_work.quiet(), unused);
        return graph ? *graph : m_training.floats;
    }

    static std::string comparison(double rounded, double plain) {
        char text[160];
        std::snprintf(text, sizeof text,
                      "%s: loss on the validation samples %.4f with it, %.4f quantized alone",
                      rounded < plain ? "trained with simulated rounding"
                                      : "training with simulated rounding did not help",
                      rounded, plain);
        return text;
    }

    const RoundedTraining& m_training;
    TrainingSession& m_session;
    const Work& m_work;
    std::optional<ValidationLoss> m_judge;
};

}  // namespace

bool quantizesLayers(const Variation& variation) {
    return isInteger(variation.quantize.precision) ||
           std::any_of(variation.layers.begin(), variation.layers.end(), [](const auto& layer) {
               return layer.second.precision && isInteger(*layer.second.precision);
           });
}

Result<GraphPtr> trainRounded(const RoundedTraining& training, TrainingSession& session,
                              const Work& work, std::vector<std::string>& changes) {
    return RoundingStage(training, session, work).run(changes);
}

}  // namespace engine
