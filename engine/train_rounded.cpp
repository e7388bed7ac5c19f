// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train_rounded.h"

#include <algorithm>
#include <cstdio>

#include "engine/validation_loss.h"
#include "quantize/float_model.h"
#include "quantize/learned_scales.h"
#include "quantize/quantize_graph.h"
#include "quantize/scale_rules.h"

namespace engine {

using namespace types;

namespace {

/// Rounding changes little: steps are smaller than those that bring a pruned model back.
constexpr double kRate = 0.001;
/// The next code of 4 bits is far away.
constexpr double kFourBitRate = 0.003;
/// What is left of the time converts the result and judges it.
constexpr double kTimeShare = 0.9;

bool isInteger(Precision precision) {
    return precision != Precision::AsStored && precision != Precision::Float32;
}

bool hasFourBits(const Graph& graph) {
    return std::any_of(graph.tensors.begin(), graph.tensors.end(),
                       [](const Tensor& tensor) { return tensor.type == DataType::Int4; });
}

/// The scales of a quantized model. Its tensors keep their index in toFloat().
quantize::LearnedScales scalesOf(const Graph& graph) {
    quantize::LearnedScales scales;
    for (size_t t = 0; t < graph.tensors.size(); ++t) {
        const Tensor& tensor = graph.tensors[t];
        const auto index = static_cast<int32_t>(t);
        const bool isCode = tensor.type == DataType::Int8 || tensor.type == DataType::Int16;
        if (!isCode || graph.isConstant(index) || tensor.quantization.scale.size() != 1) continue;
        const auto [lowest, highest] = codeRange(tensor.type);
        const double scale = double(tensor.quantization.scale[0]);
        const auto zero = static_cast<double>(tensor.quantization.firstZeroPoint());
        const double high = (double(highest) - zero) * scale;
        // The range of 16-bit codes is symmetric.
        const bool isWide = tensor.type == DataType::Int16;
        scales.activations[index] = {isWide ? -high : (double(lowest) - zero) * scale, high};
    }
    for (size_t i = 0; i < graph.ops.size(); ++i)
        if (const auto roles = quantize::weightRoles(graph, i)) {
            const int32_t weights = graph.ops[i].inputs[roles->weights];
            if (graph.tensor(weights).quantization.present())
                scales.weights[weights] = graph.tensor(weights).quantization.scale;
        }
    return scales;
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
        auto rounded = trainedFrom(*plain.graph);
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

    /// Starts where quantization alone ends: with its repairs, codes and ranges.
    Result<Candidate> trainedFrom(const Graph& plain) {
        const Graph start = quantize::toFloat(plain).graph;
        TrainingStage stage{.name = "rounded", .student = start};
        stage.teacher = m_training.teacher.get();
        stage.epochs = m_training.epochs;
        stage.rate = hasFourBits(plain) ? kFourBitRate : kRate;
        stage.timeShare = kTimeShare;
        stage.keepZeros = m_training.keepZeros;
        stage.rounding = learning::RoundingOptions{m_training.variation, m_training.calibration,
                                                   true, scalesOf(plain)};
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
