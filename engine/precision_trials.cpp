// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/precision_trials.h"

#include <algorithm>

#include "calibration/model_inputs.h"
#include "cost/predict.h"
#include "cost/tflm/tflm_refusal.h"
#include "footprint/footprint.h"
#include "quantize/quantize_graph.h"
#include "quantize/scale_rules.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "types/target.h"

namespace engine {

using namespace types;

namespace {

constexpr size_t kFewestJudged = 8, kMixCalibrating = 64;
constexpr int32_t kMixRandom = 64;
constexpr uint64_t kMixSeed = 3;

/// All knobs but those of types.
Variation withoutTypes(Variation variation) {
    variation.quantize = {};
    variation.compress = {};
    variation.train = {};
    for (auto& [layer, knobs] : variation.layers) {
        knobs.precision.reset();
        knobs.compression.reset();
    }
    std::erase_if(variation.layers, [](const auto& layer) { return layer.second.isEmpty(); });
    return variation;
}

bool isOpen(const Variation& variation, int32_t origin) {
    const auto layer = variation.layers.find(origin);
    const bool own = layer != variation.layers.end() && layer->second.precision;
    return (own ? *layer->second.precision : variation.quantize.precision) == Precision::Auto;
}

/// What an operator of a quantized graph computes in.
Precision precisionIn(const Graph& graph, int32_t origin) {
    const auto op = std::ranges::find(graph.ops, origin, &Op::origin);
    if (op == graph.ops.end() || op->input(0) < 0 || op->input(1) < 0) return Precision::Float32;
    const DataType input = graph.tensor(op->input(0)).type;
    if (input == DataType::Int16) return Precision::Int16x8;
    if (input != DataType::Int8) return Precision::Float32;
    return graph.tensor(op->input(1)).type == DataType::Int4 ? Precision::Int8W4 : Precision::Int8;
}

}  // namespace

Result<void> PrecisionTrials::prepare(const calibration::RealInputsPtr& calibration) {
    auto varied = transform::apply(m_graph, withoutTypes(m_variation),
                                   {calibration, m_work.part(0, 0.2, "varying")});
    if (!varied) return tl::unexpected(varied.error());
    m_floats = std::move(varied->graph);
    listLayers();
    m_hasData = calibration && calibration->samples.size() >= kFewestJudged;
    const auto inputs =
        m_hasData ? calibration : calibration::randomInputs(*m_graph, kMixRandom, kMixSeed);
    auto parts = calibration::holdBack(*inputs);
    m_inputs.samples = parts.heldBack;
    auto learned = std::make_shared<calibration::RealInputs>(*parts.learned);
    learned->samples.resize(std::min(learned->samples.size(), kMixCalibrating));
    m_learned = std::move(learned);
    return runOriginal();
}

Result<void> PrecisionTrials::runOriginal() {
    auto judge = calibration::OutputDistance::create(*m_floats, m_inputs.samples, m_work.quiet());
    if (!judge) return tl::unexpected(judge.error());
    m_judge.emplace(std::move(*judge));
    auto outputs = scoring::runOnSamples(*m_floats, m_inputs, m_work.quiet());
    if (!outputs) return tl::unexpected(outputs.error());
    m_outputs = std::move(*outputs);
    return {};
}

void PrecisionTrials::listLayers() {
    for (size_t op = 0; op < m_floats->ops.size(); ++op) {
        const int32_t origin = m_floats->ops[op].origin;
        if (origin < 0 || !isOpen(m_variation, origin)) continue;
        if (!quantize::weightRoles(*m_floats, op)) continue;
        m_layers.push_back({origin, opLabel(*m_floats, op), Precision::Int8, {}});
    }
}

/// Bytes of the board's flash where that is the budget, else of the file.
int64_t PrecisionTrials::flashOf(const Graph& graph) const {
    const auto file = static_cast<int64_t>(tflite::writeBytes(graph).size());
    if (!m_device || m_variation.quantize.flashBudget) return file;
    return footprint::of(graph, *m_device, footprint::tflmNeeds(graph, file)).flash.usedBytes;
}

Variation PrecisionTrials::decided(const Precisions& precisions, bool reconstructs) const {
    Variation variation = m_variation;
    QuantizeKnobs& knobs = variation.quantize;
    if (knobs.precision == Precision::Auto) knobs.precision = Precision::Int8;
    knobs.equalize = knobs.correctBias = false;
    knobs.reconstruct = reconstructs && m_variation.quantize.reconstruct.value_or(true);
    for (auto& [layer, own] : variation.layers)
        if (own.precision == Precision::Auto) own.precision = Precision::Int8;
    for (size_t i = 0; i < precisions.size(); ++i)
        if (precisions[i] != Precision::Int8)
            variation.layers[m_layers[i].op].precision = precisions[i];
    return variation;
}

Result<GraphPtr> PrecisionTrials::built(const Precisions& precisions, bool reconstructs) const {
    std::vector<std::string> unused;
    return quantize::quantize(m_floats, decided(precisions, reconstructs), m_learned,
                              m_work.quiet(), unused);
}

PrecisionWorth PrecisionTrials::needsOf(const Graph& graph) const {
    PrecisionWorth worth;
    worth.flashBytes = flashOf(graph);
    if (m_device)
        if (const auto latency = cost::Predictor(m_device).predict(graph).latencyUs)
            worth.latencyUs = latency->value;
    return worth;
}

Result<PrecisionWorth> PrecisionTrials::worthOf(const Precisions& precisions,
                                                bool reconstructs) const {
    auto graph = built(precisions, reconstructs);
    if (!graph) return tl::unexpected(graph.error());
    return worthOf(**graph);
}

Result<PrecisionWorth> PrecisionTrials::worthOf(const Graph& graph) const {
    PrecisionWorth worth = needsOf(graph);
    const auto distance = m_judge->to(graph, m_work.quiet());
    if (!distance) return tl::unexpected(distance.error());
    worth.distance = *distance;
    const auto outputs = scoring::runOnSamples(graph, m_inputs, m_work.quiet());
    if (!outputs) return tl::unexpected(outputs.error());
    const auto agreement = scoring::compareOutputs(*m_floats, m_outputs, *outputs);
    worth.agreement = agreement.share;
    worth.sqnrDb = agreement.sqnrDb;
    return worth;
}

bool PrecisionTrials::isPossible(const Graph& graph, size_t layer, Precision precision) const {
    if (precisionIn(graph, m_layers[layer].op) != precision) return false;
    return runtimeOf(m_device) == Runtime::Netcaliper || !cost::tflmRefusal(graph) ||
           cost::tflmRefusal(*m_floats);
}

}  // namespace engine
