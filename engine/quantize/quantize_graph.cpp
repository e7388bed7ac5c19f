// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_graph.h"

#include <algorithm>

#include "analysis/resource_variables.h"
#include "analysis/validate.h"
#include "lowering/requirements.h"
#include "quantize/correct_bias.h"
#include "quantize/emit.h"
#include "quantize/equalize.h"
#include "quantize/known_ranges.h"
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

    Result<GraphPtr> run() {
        m_plan = planPrecisions(m_model, m_variation);
        auto interface = interfaceTypes(m_model, m_knobs);
        if (!interface) return tl::unexpected(interface.error());
        m_interface = std::move(*interface);
        for (auto step :
             {&Quantizing::equalizeLayers, &Quantizing::learnRanges, &Quantizing::settlePrecisions,
              &Quantizing::roundWeights, &Quantizing::correctBiases, &Quantizing::describe})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        if (auto sound = analysis::validate(m_emitted.graph); !sound)
            return tl::unexpected(sound.error());
        return std::make_shared<const Graph>(std::move(m_emitted.graph));
    }

private:
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
        auto done = reconstruct(m_model, m_layers, m_calibrationSet,
                                m_work.part(0.4, 0.8, "reconstructing weights"), m_changes);
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
        return layerCodes(m_model, op, m_plan[op].precision, m_knobs.perChannel, scale,
                          m_plan[op].asStored);
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
    return Quantizing(*graph, variation, inputs, work, changes).run();
}

}  // namespace quantize
