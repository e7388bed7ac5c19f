// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/train_on_data.h"

#include <algorithm>
#include <cmath>

#include "bytes/sha256.h"
#include "data/sample_values.h"
#include "engine/plan_training.h"
#include "engine/training_parts.h"
#include "learning/train.h"
#include "quantize/float_model.h"
#include "quantize/quantize_graph.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/document/variation_file.h"

namespace engine {
namespace {

using namespace types;
using learning::LossKind;
using learning::TrainingSet;

/// The learning samples of one part, read for one model input; the dataset outlives it.
class PartReader {
public:
    PartReader(const data::Dataset& dataset, Tensor input)
        : m_dataset(dataset), m_input(std::move(input)) {
        const auto size = static_cast<size_t>(elementCount(m_input.shape));
        m_keeps = size * sizeof(float) * dataset.samples.size() <= kSampleMemory;
        m_kept.resize(m_keeps ? dataset.samples.size() : 0);
    }

    Result<void> read(size_t sample, std::span<float> values) {
        if (m_keeps && !m_kept[sample].empty()) {
            std::copy(m_kept[sample].begin(), m_kept[sample].end(), values.begin());
            return {};
        }
        auto converted = data::toReal(m_dataset.samples[sample], m_input);
        if (!converted) return tl::unexpected(converted.error());
        if (std::any_of(converted->begin(), converted->end(),
                        [](float value) { return !std::isfinite(value); }))
            return fail("holds values that are no numbers (NaN or infinite)",
                        m_dataset.samples[sample].name, "mend the sample or leave it out");
        std::copy(converted->begin(), converted->end(), values.begin());
        if (m_keeps) m_kept[sample] = std::move(*converted);
        return {};
    }

private:
    const data::Dataset& m_dataset;
    Tensor m_input;
    bool m_keeps = true;
    std::vector<std::vector<float>> m_kept;
};

TrainingSet setOf(const data::Dataset& dataset, const Lesson& lesson, const Tensor& input) {
    TrainingSet set;
    set.count = dataset.samples.size();
    set.reconstructs = lesson.reconstructs;
    const auto reader = std::make_shared<PartReader>(dataset, input);
    set.read = [reader](size_t sample, std::span<float> values) {
        return reader->read(sample, values);
    };
    if (!lesson.isKnown || lesson.reconstructs) return set;
    for (const data::Sample& sample : dataset.samples) {
        if (lesson.kind == LossKind::Choice)
            set.labels.push_back(sample.label);
        else if (!sample.target.empty())
            set.targets.push_back(sample.target);
        else if (lesson.outputs == 1)
            set.targets.push_back({static_cast<float>(sample.label)});
        else {
            std::vector<float> shares(static_cast<size_t>(lesson.outputs));
            shares[static_cast<size_t>(sample.label)] = 1;
            set.targets.push_back(std::move(shares));
        }
    }
    return set;
}

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

class DataTraining {
public:
    DataTraining(const GraphPtr& graph, const Variation& variation,
                 const scoring::ChosenSamples& chosen, const TrainingControl& control,
                 const Work& work)
        : m_graph(graph),
          m_variation(variation),
          m_chosen(chosen),
          m_control(control),
          m_work(work) {}

    Result<VariedOnData> run();

private:
    Result<void> trainOriginal();
    Result<GraphPtr> trainVaried(const GraphPtr& graph, const Work& work);
    learning::TrainOptions optionsFor(const std::string& stage) const;
    std::string fingerprint(const std::string& stage) const;
    void tell(VariedOnData& varied) const;

    const GraphPtr& m_graph;
    const Variation& m_variation;
    const scoring::ChosenSamples& m_chosen;
    const TrainingControl& m_control;
    const Work& m_work;
    TrainingParts m_parts;
    GraphPtr m_original;  ///< as floats: the start and the teacher
    bool m_originalIsTrained = false;
    std::optional<Training> m_training;
};

std::string DataTraining::fingerprint(const std::string& stage) const {
    std::string text = stage + transform::variationText(m_variation) +
                       bytes::sha256(tflite::writeBytes(*m_graph).view());
    for (const data::Dataset* part : {&m_parts.train, &m_parts.validation})
        for (const data::Sample& sample : part->samples)
            text += sample.name + std::to_string(sample.label) + bytes::sha256(sample.bytes.view());
    return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

learning::TrainOptions DataTraining::optionsFor(const std::string& stage) const {
    learning::TrainOptions options;
    const TrainKnobs& knobs = m_variation.train;
    options.epochs = knobs.epochs;
    options.seconds = knobs.seconds;
    options.seed = knobs.seed;
    options.loss.kind = m_parts.lesson.kind;
    options.loss.classWeights = m_parts.classWeights;
    const bool arePixels = m_parts.train.samples[0].content == data::Content::Pixels;
    options.augmentation = learning::augmentationFor(m_graph->tensor(m_graph->inputs[0]).shape,
                                                     arePixels, knobs.augment, knobs.flip);
    options.keepZeros = stage == "varied";
    options.isFinishAsked = m_control.isFinishAsked;
    if (m_control.onEpoch)
        options.onEpoch = [this, ofOriginal = stage == "original"](const Training& log) {
            m_control.onEpoch(ofOriginal, log);
        };
    if (m_control.state.empty()) return options;
    options.state = m_control.state;
    options.state += "." + stage;
    options.fingerprint = fingerprint(stage);
    return options;
}

Result<void> DataTraining::trainOriginal() {
    m_original = std::make_shared<const Graph>(quantize::toFloat(*m_graph).graph);
    if (!m_parts.lesson.isKnown) return {};
    const Tensor& input = m_graph->tensor(m_graph->inputs[0]);
    learning::TrainOptions options = optionsFor("original");
    // The original knows more than few labels tell, and less than many.
    const auto samples = static_cast<double>(m_parts.train.samples.size());
    options.loss.labelShare = samples / (samples + 1000);
    options.rate = 0.001;
    auto trained =
        learning::train(*m_original, m_original.get(), setOf(m_parts.train, m_parts.lesson, input),
                        setOf(m_parts.validation, m_parts.lesson, input), options,
                        m_work.part(0, 0.5, "training the original"));
    if (!trained) return tl::unexpected(trained.error());
    m_original = std::make_shared<const Graph>(std::move(trained->graph));
    m_training = std::move(trained->log);
    m_originalIsTrained = true;
    return {};
}

Result<GraphPtr> DataTraining::trainVaried(const GraphPtr& graph, const Work& work) {
    // The trained original itself.
    const bool changes = m_variation.removesChannels() || m_variation.prune.weights > 0 ||
                         std::any_of(m_variation.layers.begin(), m_variation.layers.end(),
                                     [](const auto& layer) { return layer.second.pruneWeights; });
    if (!changes && m_originalIsTrained) return graph;
    const Tensor input = scoring::inputFor(*m_graph, *graph);
    const Graph floats = quantize::toFloat(*graph).graph;
    learning::TrainOptions options = optionsFor("varied");
    // A teacher that reads larger inputs cannot see the same batch.
    const bool hasTeacher = input.shape == m_graph->tensor(m_graph->inputs[0]).shape;
    auto trained = learning::train(floats, hasTeacher ? m_original.get() : nullptr,
                                   setOf(m_parts.train, m_parts.lesson, input),
                                   setOf(m_parts.validation, m_parts.lesson, input), options,
                                   work.part(0, 1, "training the varied model"));
    if (!trained) return tl::unexpected(trained.error());
    m_training = std::move(trained->log);
    return std::make_shared<const Graph>(std::move(trained->graph));
}

/// One sentence about what was trained on what.
void DataTraining::tell(VariedOnData& varied) const {
    if (!m_training) return;
    const std::string validated = std::to_string(m_parts.validation.samples.size());
    varied.changes.push_back("trained " + std::to_string(m_training->epochs) + " epochs on " +
                             std::to_string(m_parts.train.samples.size()) + " samples of " +
                             m_chosen.learning->name + ", the best of them chosen on " + validated +
                             " others");
    if (m_chosen.leftOut > 0)
        varied.changes.push_back(std::to_string(m_chosen.leftOut) +
                                 " learning samples left out, which the evaluation data hold, too");
    if (!m_parts.classWeights.empty())
        varied.changes.push_back("samples of rare classes count more in training");
    for (const std::string& note : m_training->notes)
        varied.changes.push_back(note);
}

Result<VariedOnData> DataTraining::run() {
    auto parts = trainingParts(*m_graph, m_chosen);
    if (!parts) return tl::unexpected(parts.error());
    m_parts = std::move(*parts);
    const auto plan = planOf(*m_graph, m_variation, m_chosen, m_parts);
    if (!plan) return tl::unexpected(plan.error());
    if (auto trained = trainOriginal(); !trained) return tl::unexpected(trained.error());
    transform::ApplyContext context{m_chosen.calibration, m_work.part(0.5, 1), {}};
    context.train = [this](const GraphPtr& graph, const Variation& v,
                           const transform::ApplyContext& step,
                           std::vector<std::string>& changes) -> Result<GraphPtr> {
        const auto trained = trainVaried(graph, step.work);
        if (!trained) return trained;
        return quantize::quantize(*trained, v, step.calibration, step.work.quiet(), changes);
    };
    const Variation knobs = knobsOfFloats(*m_graph, m_variation);
    auto applied = transform::apply(m_original, knobs, context);
    if (!applied) return tl::unexpected(applied.error());
    VariedOnData varied{std::move(applied->graph),
                        std::move(applied->changes),
                        m_chosen.learning->name,
                        m_chosen.evaluation,
                        {},
                        {},
                        {}};
    tell(varied);
    varied.training = m_training;
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
