// SPDX-License-Identifier: GPL-3.0-or-later
#include "matrix/model_variants.h"

#include <optional>

#include "bytes/sha256.h"
#include "engine/vary_on_data.h"
#include "tflite/write.h"
#include "types/op_traits.h"

namespace matrix {
namespace {

using namespace types;

bool hasWeights(const Graph& graph, const Op& op) {
    switch (opTraits(op.kind).opClass) {
        case OpClass::Convolution:
        case OpClass::Depthwise:
        case OpClass::FullyConnected:
        case OpClass::Recurrent:
            return op.inputs.size() > 1 && op.inputs[1] >= 0 && graph.isConstant(op.inputs[1]);
        default:
            return false;
    }
}

Precision precisionOf(DataType activations, DataType weights) {
    if (activations == DataType::Float32 && weights == DataType::Float32) return Precision::Float32;
    if (activations == DataType::Int8 && weights == DataType::Int8) return Precision::Int8;
    if (activations == DataType::Int16 && weights == DataType::Int8) return Precision::Int16x8;
    if (activations == DataType::Int8 && weights == DataType::Int4) return Precision::Int8W4;
    return Precision::AsStored;
}

Result<GraphPtr> variedTo(Precision precision, const GraphPtr& model,
                          const scoring::SampleSelection& data, const Work& work) {
    if (storedPrecision(*model) == precision) return model;
    Variation variation;
    variation.quantize.precision = precision;
    const auto varied = engine::varyOnData(model, variation, data, work);
    if (!varied) return tl::unexpected(varied.error());
    auto named = std::make_shared<Graph>(*varied->graph);
    named->name = model->name + "-" + precisionName(precision);
    return named;
}

}  // namespace

Precision storedPrecision(const Graph& graph) {
    std::optional<Precision> common;
    for (const Op& op : graph.ops) {
        if (!hasWeights(graph, op) || op.outputs.empty()) continue;
        const Precision found =
            precisionOf(graph.tensor(op.outputs[0]).type, graph.tensor(op.inputs[1]).type);
        if (common.value_or(found) != found) return Precision::AsStored;
        common = found;
    }
    return common.value_or(Precision::AsStored);
}

Result<std::vector<ModelVariant>> makeVariants(const GraphPtr& model,
                                               const std::vector<Precision>& precisions,
                                               const scoring::SampleSelection& data,
                                               const Work& work) {
    std::vector<ModelVariant> variants;
    for (size_t i = 0; i < precisions.size(); ++i) {
        const double from = static_cast<double>(i), all = static_cast<double>(precisions.size());
        ModelVariant variant{precisions[i], {}, {}, {}, {}};
        auto graph = variedTo(precisions[i], model, data,
                              work.part(from / all, (from + 1) / all, "making the precisions"));
        if (graph) {
            variant.graph = *graph;
            variant.file = tflite::writeBytes(**graph);
            variant.sha256 = bytes::sha256(variant.file.view());
        } else if (graph.error().isCancelled()) {
            return tl::unexpected(graph.error());
        } else {
            variant.reason = graph.error().message();
        }
        variants.push_back(std::move(variant));
    }
    return variants;
}

}  // namespace matrix
