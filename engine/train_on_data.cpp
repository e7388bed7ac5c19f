// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train_on_data.h"

#include <algorithm>
#include <cmath>

#include "engine/gradual_pruning.h"
#include "engine/plan_training.h"
#include "engine/train_rounded.h"
#include "quantize/float_model.h"
#include "quantize/quantize_graph.h"
#include "transform/apply.h"
#include "transform/input_size.h"

namespace engine {
namespace {

using namespace types;

bool isStoredAs(const Graph& graph, DataType weights, DataType activations) {
    return std::any_of(graph.ops.begin(), graph.ops.end(), [&](const Op& op) {
        return op.inputs.size() > 1 && op.inputs[1] >= 0 && graph.isConstant(op.inputs[1]) &&
               graph.tensor(op.inputs[1]).type == weights &&
               graph.tensor(op.inputs[0]).type == activations;
    });
}

/// The knobs for the trained float model: integers where the original had them.
Variation knobsOfFloats(const Graph& graph, const Variation& asked) {
    Variation v = asked;
    v.train = {};
    if (v.quantize.precision != Precision::AsStored) return v;
    if (isStoredAs(graph, DataType::Int8, DataType::Int16))
        v.quantize.precision = Precision::Int16x8;
    else if (isStoredAs(graph, DataType::Int4, DataType::Int8))
        v.quantize.precision = Precision::Int8W4;
    else if (isStoredAs(graph, DataType::Int8, DataType::Int8) ||
             isStoredAs(graph, DataType::UInt8, DataType::UInt8))
        v.quantize.precision = Precision::Int8;
    else
        return v;
    v.quantize.perChannel =
        std::any_of(graph.tensors.begin(), graph.tensors.end(),
                    [](const Tensor& tensor) { return tensor.quantization.perChannel(); });
    const auto portType = [&](int32_t tensor) { return graph.tensor(tensor).type; };
    if (!v.quantize.inputType) v.quantize.inputType = portType(graph.inputs[0]);
    if (!v.quantize.outputType) v.quantize.outputType = portType(graph.outputs[0]);
    return v;
}

bool prunesWeights(const Variation& v) {
    return v.prune.weights > 0 ||
           std::any_of(v.layers.begin(), v.layers.end(),
                       [](const auto& layer) { return layer.second.pruneWeights; });
}

bool changesWeights(const Variation& v) {
    return v.removesChannels() || v.dropsBlocks() || v.inputSize || prunesWeights(v);
}

/// Rounds of gradual pruning before the last, and the share of the training that each takes.
constexpr int kRounds = 3;
constexpr double kRoundShare = 0.125;
/// Share of the training that simulates rounding.
constexpr double kRoundingShare = 0.25;

/// Epochs of the parts of the varied model's training; all 0 where time limits.
struct VariedEpochs {
    int32_t round = 0, floats = 0, rounding = 0;
};

class DataTraining {
public:
    DataTraining(const GraphPtr& graph, const Variation& variation,
                 const scoring::ChosenSamples& chosen, const TrainingControl& control,
                 const Work& work)
        : m_graph(graph),
          m_variation(variation),
          m_knobs(knobsOfFloats(*graph, variation)),
          m_chosen(chosen),
          m_control(control),
          m_work(work),
          m_calibration(chosen.calibration) {}

    Result<VariedOnData> run();

private:
    Result<void> trainOriginal();
    Result<GraphPtr> pruneInRounds(const Work& work);
    Result<GraphPtr> trainRound(const Graph& graph, int round, const Work& work);
    Result<GraphPtr> finish(const GraphPtr& graph, const Variation& knobs,
                            const transform::ApplyContext& context,
                            std::vector<std::string>& changes);
    VariedEpochs epochs() const;
    bool isGradual() const {
        return m_variation.removesChannels() &&
               m_variation.prune.schedule == PruneSchedule::Gradual;
    }
    void tell(VariedOnData& varied) const;

    const GraphPtr& m_graph;
    const Variation& m_variation;
    Variation m_knobs;  ///< for the float model; of the last round, after the others
    const scoring::ChosenSamples& m_chosen;
    const TrainingControl& m_control;
    const Work& m_work;
    calibration::RealInputsPtr m_calibration;
    TrainingParts m_parts;
    std::optional<TrainingSession> m_session;
    GraphPtr m_original;  ///< as floats: the start and the teacher
    bool m_originalIsTrained = false;
};

VariedEpochs DataTraining::epochs() const {
    VariedEpochs parts;
    const int32_t all = m_variation.train.epochs;
    if (all == 0) return parts;
    const auto share = [all](double of) {
        return std::max(static_cast<int32_t>(std::lround(of * all)), 1);
    };
    const bool trainsFloats = changesWeights(m_variation);
    parts.floats = trainsFloats ? all : 0;
    if (trainsFloats && isGradual() && all > kRounds) {
        parts.round = share(kRoundShare);
        parts.floats -= kRounds * parts.round;
    }
    // A single epoch cannot be shared.
    if (quantizesLayers(m_knobs) && !trainsFloats) parts.rounding = all;
    if (quantizesLayers(m_knobs) && parts.floats > 1) {
        parts.rounding = std::min(share(kRoundingShare), parts.floats - 1);
        parts.floats -= parts.rounding;
    }
    return parts;
}

Result<void> DataTraining::trainOriginal() {
    m_original = std::make_shared<const Graph>(quantize::toFloat(*m_graph).graph);
    if (!m_parts.lesson.isKnown) return {};
    TrainingStage stage{.name = "original", .student = *m_original, .teacher = m_original.get()};
    stage.epochs = m_variation.train.epochs;
    stage.timeShare = changesWeights(m_variation) || quantizesLayers(m_knobs) ? 0.5 : 1;
    stage.rate = 0.001;
    // The original knows more than few labels tell, and less than many.
    const auto samples = static_cast<double>(m_parts.train.samples.size());
    stage.labelShare = samples / (samples + 1000);
    stage.keepZeros = false;
    stage.text = "training the original";
    auto trained = m_session->trainOriginal(stage, m_work.part(0, 0.5));
    if (!trained) return tl::unexpected(trained.error());
    m_original = std::make_shared<const Graph>(std::move(trained->graph));
    m_originalIsTrained = true;
    return {};
}

Result<GraphPtr> DataTraining::trainRound(const Graph& graph, int round, const Work& work) {
    TrainingStage stage{.name = "round" + std::to_string(round), .student = graph};
    stage.teacher = m_original.get();
    stage.epochs = epochs().round;
    stage.timeShare = kRoundShare / (1 - kRoundShare * (round - 1));
    stage.text = "training between rounds of pruning";
    auto trained = m_session->train(stage, work);
    if (!trained) return tl::unexpected(trained.error());
    return std::make_shared<const Graph>(std::move(trained->graph));
}

/// All rounds but the last, for which the knobs are set.
Result<GraphPtr> DataTraining::pruneInRounds(const Work& work) {
    Variation channels = channelsOnly(m_knobs);
    const auto once =
        transform::apply(m_original, channels, {m_calibration, work.part(0, 0.1), {}});
    if (!once) return tl::unexpected(once.error());
    GraphPtr graph = m_original;
    for (int round = 1; round <= kRounds; ++round) {
        const double from = 0.1 + 0.9 * (round - 1) / kRounds, step = 0.9 / kRounds;
        const double share = double(round) / (kRounds + 1);
        const Variation knobs = roundOf(channels, *m_original, *once->graph, *graph, share);
        const auto pruned =
            transform::apply(graph, knobs, {m_calibration, work.part(from, from + 0.3 * step), {}});
        if (!pruned) return tl::unexpected(pruned.error());
        auto trained = trainRound(*pruned->graph, round, work.part(from + 0.3 * step, from + step));
        if (!trained) return trained;
        graph = std::move(*trained);
        m_calibration = transform::resizeSamples(*m_original, channels, m_calibration);
        channels.inputSize.reset();
        m_knobs.inputSize.reset();
    }
    m_knobs = roundOf(m_knobs, *m_original, *once->graph, *graph, 1);
    return graph;
}

Result<GraphPtr> DataTraining::finish(const GraphPtr& graph, const Variation& knobs,
                                      const transform::ApplyContext& context,
                                      std::vector<std::string>& changes) {
    const VariedEpochs parts = epochs();
    const bool quantizes = quantizesLayers(knobs);
    // Without other weights it is the original, which is trained already.
    GraphPtr floats = graph;
    if (changesWeights(m_variation)) {
        TrainingStage stage{.name = "varied", .student = *graph, .teacher = m_original.get()};
        stage.epochs = parts.floats;
        stage.timeShare = quantizes ? 1 - kRoundingShare : 1;
        stage.text = "training the varied model";
        auto trained = m_session->train(stage, context.work.part(0, 0.7));
        if (!trained) return tl::unexpected(trained.error());
        floats = std::make_shared<const Graph>(std::move(trained->graph));
    }
    const Work rest = context.work.part(0.7, 1);
    if (!quantizes || (m_variation.train.epochs > 0 && parts.rounding == 0))
        return quantize::quantize(floats, knobs, context.calibration, rest, changes);
    const RoundedTraining training{
        floats, m_original, knobs, context.calibration, parts.rounding, prunesWeights(m_variation)};
    return trainRounded(training, *m_session, rest, changes);
}

/// Sentences about what was trained on what.
void DataTraining::tell(VariedOnData& varied) const {
    if (!varied.training) return;
    const Training& log = *varied.training;
    const std::string validated = std::to_string(m_parts.validation.samples.size());
    varied.changes.push_back("trained " + std::to_string(log.epochs) + " epochs on " +
                             std::to_string(m_parts.train.samples.size()) + " samples of " +
                             m_chosen.learning->name + ", the best of them chosen on " + validated +
                             " others");
    if (isGradual())
        varied.changes.push_back("channels removed in " + std::to_string(kRounds + 1) +
                                 " rounds, with training between them; the last is told above");
    if (m_chosen.leftOut > 0)
        varied.changes.push_back(std::to_string(m_chosen.leftOut) +
                                 " learning samples left out, which the evaluation data hold, too");
    if (!m_parts.classWeights.empty())
        varied.changes.push_back("samples of rare classes count more in training");
    for (const std::string& note : log.notes)
        varied.changes.push_back(note);
}

Result<VariedOnData> DataTraining::run() {
    auto parts = trainingParts(*m_graph, m_chosen);
    if (!parts) return tl::unexpected(parts.error());
    m_parts = std::move(*parts);
    const auto plan = planOf(*m_graph, m_variation, m_chosen, m_parts);
    if (!plan) return tl::unexpected(plan.error());
    m_session.emplace(*m_graph, m_variation, m_parts, m_control);
    if (auto trained = trainOriginal(); !trained) return tl::unexpected(trained.error());
    GraphPtr start = m_original;
    if (isGradual()) {
        auto pruned = pruneInRounds(m_work.part(0.5, 0.65));
        if (!pruned) return tl::unexpected(pruned.error());
        start = std::move(*pruned);
    }
    transform::ApplyContext context{m_calibration, m_work.part(isGradual() ? 0.65 : 0.5, 1), {}};
    context.train = [this](const GraphPtr& graph, const Variation& knobs,
                           const transform::ApplyContext& step, std::vector<std::string>& changes) {
        return finish(graph, knobs, step, changes);
    };
    auto applied = transform::apply(start, m_knobs, context);
    if (!applied) return tl::unexpected(applied.error());
    // The rounds before may have removed everything, where channels are few.
    if (isGradual() && m_knobs.isIdentity()) {
        auto finished = finish(start, m_knobs, context, applied->changes);
        if (!finished) return tl::unexpected(finished.error());
        applied->graph = std::move(*finished);
    }
    VariedOnData varied{std::move(applied->graph),
                        std::move(applied->changes),
                        m_chosen.learning->name,
                        m_chosen.evaluation,
                        {},
                        {},
                        {}};
    varied.training = m_session->log();
    tell(varied);
    if (varied.training) varied.training->memoryBytes = plan->bytes();
    if (m_originalIsTrained) varied.trainedOriginal = m_original;
    return varied;
}

}  // namespace

Result<VariedOnData> trainOnData(const GraphPtr& graph, const Variation& variation,
                                 const scoring::ChosenSamples& chosen,
                                 const TrainingControl& control, const Work& work) {
    return DataTraining(graph, variation, chosen, control, work).run();
}

}  // namespace engine
