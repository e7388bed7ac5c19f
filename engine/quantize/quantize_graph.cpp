// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_graph.h"

#include <algorithm>

#include "analysis/resource_variables.h"
#include "analysis/validate.h"
#include "lowering/requirements.h"
#include "quantize/choose_repairs.h"
#include "quantize/correct_bias.h"
#include "quantize/emit.h"
#include "quantize/equalize.h"
#include "quantize/known_ranges.h"
#include "quantize/learned_scales.h"
#include "quantize/reconstruct.h"

namespace quantize {

using types::Graph;
using types::GraphPtr;
using types::Precision;
using types::Result;
using types::Variation;

namespace {

/// Layer name with the index in the opened model.
std::string nameOf(const types::Op& op) {
    return (op.origin >= 0 ? "#" + std::to_string(op.origin) + " " : "") + op.name();
}

class Quantizing {
public:
    Quantizing(const Graph& original, const Variation& variation,
               const calibration::RealInputsPtr& inputs, const types::Work& work,
               std::vector<std::string>& changes)
        : m_variation(variation),
          m_knobs(variation.quantize),
          m_work(work),
          m_changes(changes),
          m_model(toFloat(original)),
          m_calibrationSet(calibrationSetOf(original, inputs)) {}

    /// Uses the scales of training. They outlive this.
    Quantizing& with(const LearnedScales& scales) {
        m_learned = &scales;
        return *this;
    }

    Result<CodePlan> codes() {
        if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
        for (auto step : {&Quantizing::learnRanges, &Quantizing::settlePrecisions})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        CodePlan plan;
        plan.layers = m_layers;
        for (int32_t t = 0; t < static_cast<int32_t>(m_model.graph.tensors.size()); ++t) {
            const int32_t home = m_variants->home(t);
            if (home < 0 || !isCode(m_variants->variant(home).type)) continue;
            plan.activations[t] = {
                m_variants->variant(home).type, m_scales[static_cast<size_t>(home)],
                m_variants->scaleClass(home), m_variants->fixedScale(home).has_value()};
        }
        return plan;
    }

    Result<GraphPtr> run() {
        if (auto begun = begin(); !begun) return tl::unexpected(begun.error());
        for (auto step :
             {&Quantizing::equalizeLayers, &Quantizing::learnRanges, &Quantizing::settlePrecisions,
              &Quantizing::roundWeights, &Quantizing::correctBiases, &Quantizing::describe})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        if (auto sound = analysis::validate(m_emitted.graph); !sound)
            return tl::unexpected(sound.error());
        return std::make_shared<const Graph>(std::move(m_emitted.graph));
    }

private:
    Result<void> begin() {
        m_plan = planPrecisions(m_model, m_variation);
        auto interface = interfaceTypes(m_model, m_knobs);
        if (!interface) return tl::unexpected(interface.error());
        m_interface = std::move(*interface);
        return {};
    }

    Result<void> equalizeLayers() {
        if (!m_knobs.equalize.value_or(false)) return {};
        return equalize(m_model, m_calibrationSet, m_work.part(0.0, 0.1, "equalizing layers"),
                        m_changes);
    }

    Result<void> learnRanges() {
        auto ranges = findRanges(m_model, m_plan, m_knobs, m_calibrationSet,
                                 m_work.part(0.1, 0.4, "learning ranges"), m_changes);
        if (!ranges) return tl::unexpected(ranges.error());
        m_ranges = std::move(*ranges);
        for (size_t t = 0; m_learned != nullptr && t < m_model.graph.tensors.size(); ++t)
            if (const auto learned = m_learned->activations.find(static_cast<int32_t>(t));
                learned != m_learned->activations.end())
                m_ranges[learned->first] = {learned->second, learned->second, false};
        return {};
    }

    /// Builds the graph, lowers operators that have no kernel, and repeats until every operator
    /// that can run does: another precision of one operator gives its neighbours other variants and
    /// scales to read.
    ///
    /// This ends, because each further round has lowered an operator, and an operator is lowered at
    /// most twice (4-bit weights to int8 to float32) and never raised: 2 n + 1 rounds for n
    /// operators.
    Result<void> settlePrecisions() {
        for (;;) {
            if (m_work.isStopped()) return types::cancelled();
            build();
            bool changed = false;
            for (size_t op = 0; op < m_plan.size(); ++op) {
                const auto runs = lowering::checkRunnable(m_emitted.graph, m_emitted.ops[op]);
                if (!runs) changed |= lower(m_plan[op], runs.error().what);
            }
            if (!changed) return {};
        }
    }

    Result<void> roundWeights() {
        if (!m_knobs.reconstruct.value_or(false) || m_layers.empty()) return {};
        auto done = reconstruct(
            m_model, m_layers, m_calibrationSet, m_work.part(0.4, 0.8, "reconstructing weights"),
            [this]() -> const Emitted& { return emitAgain(); }, m_changes);
        if (done) emitAgain();
        return done;
    }

    Result<void> correctBiases() {
        if (!m_knobs.correctBias.value_or(false) || m_layers.empty()) return {};
        return correctBias(
            m_model, m_layers, m_calibrationSet, m_work.part(0.8, 1.0, "correcting biases"),
            [this]() -> const Emitted& { return emitAgain(); }, m_changes);
    }

    void build() {
        std::vector<Precision> precisions;
        for (const OpPrecision& op : m_plan)
            precisions.push_back(op.precision);
        m_variants.emplace(m_model, precisions, m_interface);
        m_scales = activationScales(m_model, *m_variants, m_ranges);
        m_layers.clear();
        for (size_t op = 0; op < m_plan.size(); ++op)
            if (const auto roles = weightRoles(m_model.graph, op);
                roles && m_plan[op].precision != Precision::Float32)
                m_layers.emplace(op, codesOf(op, *roles));
        emitAgain();
    }

    LayerCodes codesOf(size_t op, const WeightRoles& roles) const {
        const int32_t input = m_variants->operands(op)[roles.input];
        const float scale = m_scales[static_cast<size_t>(input)].scale[0];
        LayerCodes layer = layerCodes(m_model, op, m_plan[op].precision, m_knobs.perChannel, scale,
                                      m_plan[op].asStored);
        if (m_learned == nullptr) return layer;
        const auto learned = m_learned->weights.find(m_model.graph.ops[op].inputs[roles.weights]);
        if (learned != m_learned->weights.end() && learned->second.size() == layer.scales.size())
            layer.scales = learned->second;
        return layer;
    }

    const Emitted& emitAgain() {
        m_emitted = emit({m_model, *m_variants, m_scales, m_layers});
        return m_emitted;
    }

    Result<void> describe() {
        std::map<Precision, int> layers;
        for (const OpPrecision& op : m_plan)
            ++layers[op.precision];
        std::string text;
        for (const auto& [precision, count] : layers)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " in " +
                    types::precisionName(precision);
        const bool chosen = std::ranges::any_of(
            m_layers, [&](const auto& layer) { return !m_plan[layer.first].asStored; });
        if (chosen) text += m_knobs.perChannel ? "; weights per channel" : "; weights per tensor";
        if (chosen && m_knobs.perChannel && std::ranges::any_of(m_layers, [&](const auto& layer) {
                return !m_plan[layer.first].asStored &&
                       needsOneScale(m_model.graph.ops[layer.first], layer.second.weightType);
            }))
            text += ", but those of 4-bit dense layers per tensor, as TFLM needs them";
        m_changes.push_back("operators: " + text);
        if (m_emitted.conversions > 0)
            m_changes.push_back(std::to_string(m_emitted.conversions) +
                                " QUANTIZE or DEQUANTIZE operators inserted");
        for (size_t op = 0; op < m_plan.size(); ++op)
            if (!m_plan[op].lowered.empty())
                m_changes.push_back(nameOf(m_model.graph.ops[op]) + " computes in " +
                                    types::precisionName(m_plan[op].precision) + ": " +
                                    m_plan[op].lowered);
        return {};
    }

    const Variation& m_variation;
    const types::QuantizeKnobs& m_knobs;
    const types::Work& m_work;
    std::vector<std::string>& m_changes;
    FloatModel m_model;
    CalibrationSet m_calibrationSet;
    const LearnedScales* m_learned = nullptr;
    PrecisionPlan m_plan;
    InterfaceTypes m_interface;
    ActivationRanges m_ranges;
    std::optional<TensorVariants> m_variants;
    std::vector<types::Quantization> m_scales;
    std::map<size_t, LayerCodes> m_layers;
    Emitted m_emitted;
};

/// State and arguments that other subgraphs share keep their type, so their codes cannot be changed
/// in the main graph alone.
Result<void> checkShared(const Graph& graph) {
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const types::Op& op = graph.ops[i];
        const bool isVariable =
            op.kind == types::OpKind::READ_VARIABLE || op.kind == types::OpKind::ASSIGN_VARIABLE;
        if (!isVariable && analysis::calledSubgraphs(op).empty()) continue;
        for (const auto* tensors : {&op.inputs, &op.outputs})
            for (int32_t t : *tensors)
                if (t >= 0 && graph.tensor(t).quantization.present())
                    return types::fail(
                        "shares quantized tensors with other subgraphs, which keep "
                        "their type",
                        types::opLabel(graph, i),
                        "leave the precision as stored, or convert the float model");
    }
    return {};
}

}  // namespace

Result<GraphPtr> quantize(const GraphPtr& graph, const Variation& variation,
                          const calibration::RealInputsPtr& inputs, const types::Work& work,
                          std::vector<std::string>& changes) {
    if (!variation.asksForTypes()) return graph;
    if (auto sound = checkShared(*graph); !sound) return tl::unexpected(sound.error());
    Variation decided = variation;
    const auto quantizeWith = [&](const types::QuantizeKnobs& knobs,
                                  const calibration::RealInputsPtr& samples) {
        std::vector<std::string> unused;
        const types::Work quiet = work.quiet();
        decided.quantize = knobs;
        return Quantizing(*graph, decided, samples, quiet, unused).run();
    };
    auto repairs =
        chooseRepairs(*graph, variation, inputs, quantizeWith, work.part(0, 0.6), changes);
    if (!repairs) return tl::unexpected(repairs.error());
    decided.quantize = *repairs;
    const types::Work last = work.part(0.6, 1);
    return Quantizing(*graph, decided, inputs, last, changes).run();
}

namespace {

Variation withoutRepairs(Variation variation) {
    variation.quantize.equalize = false;
    variation.quantize.reconstruct = false;
    variation.quantize.correctBias = false;
    return variation;
}

}  // namespace

Result<CodePlan> planCodes(const Graph& graph, const Variation& variation,
                           const calibration::RealInputsPtr& inputs, const LearnedScales& scales,
                           const types::Work& work) {
    if (auto sound = checkShared(graph); !sound) return tl::unexpected(sound.error());
    const Variation plain = withoutRepairs(variation);
    std::vector<std::string> unused;
    return Quantizing(graph, plain, inputs, work, unused).with(scales).codes();
}

Result<GraphPtr> quantizeTrained(const GraphPtr& graph, const Variation& variation,
                                 const calibration::RealInputsPtr& inputs,
                                 const LearnedScales& scales, const types::Work& work,
                                 std::vector<std::string>& changes) {
    if (!variation.asksForTypes()) return graph;
    if (auto sound = checkShared(*graph); !sound) return tl::unexpected(sound.error());
    const Variation plain = withoutRepairs(variation);
    return Quantizing(*graph, plain, inputs, work, changes).with(scales).run();
}

}  // namespace quantize
