// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/shared_original.h"

#include "calibration/model_inputs.h"
#include "transform/apply.h"
#include "transform/document/variation_file.h"

namespace engine {

using namespace types;
using calibration::RealInputsPtr;

Result<Unquantized> SharedOriginal::unquantized(const GraphPtr& graph, const Variation& variation,
                                                const RealInputsPtr& calibration,
                                                const Work& work) {
    auto made = m_unquantized.get(
        transform::variationText(variation) + (calibration ? "1" : "0"),
        [&]() -> Result<Unquantized> {
            const auto narrowing = m_narrowing.get(graph, [&]() -> Result<SharedNarrowingPtr> {
                return std::make_shared<transform::SharedNarrowing>(graph);
            });
            auto varied = transform::apply(graph, variation, {calibration, work, {}, *narrowing});
            if (!varied) return tl::unexpected(varied.error());
            return Unquantized{std::move(varied->graph), std::move(varied->changes)};
        });
    m_unquantized.keep(kUnquantized);
    return made;
}

Result<scoring::ChosenSamples> SharedOriginal::choose(const Graph& graph,
                                                      const Variation& variation,
                                                      const scoring::SampleSelection& selection) {
    const int key =
        (scoring::learnsFromData(variation) ? 1 : 0) | (variation.train.isSet() ? 2 : 0);
    return m_chosen.get(key, [&] { return scoring::chooseSamples(graph, variation, selection); });
}

Result<RealInputsPtr> SharedOriginal::inputs(const data::DatasetPtr& dataset, const Graph& graph) {
    const Shape shape = graph.inputs.empty() ? Shape{} : graph.tensor(graph.inputs[0]).shape;
    return m_inputs.get({dataset, shape}, [&] { return scoring::realInputs(*dataset, graph); });
}

RealInputsPtr SharedOriginal::random(const Graph& graph, int32_t count, uint64_t seed) {
    return *m_random.get({count, seed}, [&]() -> Result<RealInputsPtr> {
        return calibration::randomInputs(graph, count, seed);
    });
}

Result<OutputsPtr> SharedOriginal::outputs(const Graph& original, const RealInputsPtr& inputs,
                                           const Work& work) {
    return m_outputs.get(inputs, [&]() -> Result<OutputsPtr> {
        auto outputs = scoring::runOnSamples(original, *inputs, work);
        if (!outputs) return tl::unexpected(outputs.error());
        return std::make_shared<const scoring::ModelOutputs>(std::move(*outputs));
    });
}

}  // namespace engine
