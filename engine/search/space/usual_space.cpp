// SPDX-License-Identifier: GPL-3.0-or-later
// The space of a search without a document.
#include <nlohmann/json.hpp>

#include "search/space/knob_layers.h"
#include "search/space/space.h"
#include "transform/apply.h"

namespace search {

using namespace types;

namespace {

using Json = nlohmann::json;

bool hasFloatWeights(const Graph& graph) {
    for (const Op& op : graph.ops)
        if (op.input(1) >= 0 && graph.isConstant(op.input(1)) &&
            graph.tensor(op.input(1)).type == DataType::Float32)
            return true;
    return false;
}

/// Smaller inputs that the model takes.
Json inputSizes(const GraphPtr& graph) {
    const Shape& shape = graph->tensor(graph->inputs[0]).shape;
    Json sizes = Json::array({nullptr});
    if (shape.size() != 4 || shape[1] < 32 || shape[1] != shape[2]) return sizes;
    for (const int32_t eighths : {4, 5, 6, 7}) {
        const int32_t side = shape[1] * eighths / 8;
        Variation variation;
        variation.inputSize = {side, side};
        if (transform::apply(graph, variation)) sizes.push_back({side, side});
    }
    return sizes;
}

}  // namespace

Result<Space> Space::usual(const GraphPtr& graph) {
    if (graph->inputs.empty())
        return fail("the model has no inputs", graph->name, "export the model again");
    Json json;
    // Pruning chooses channels by what data show; width would take those with small weights.
    json["prune"]["channels"] = {{"from", 0}, {"to", 0.875}, {"steps", 15}};
    if (!layersWithKnob(graph, "prune_channels").empty())
        json["layers"]["*"]["prune_channels"]["values"] = {nullptr, 0.0,   0.125, 0.25, 0.375,
                                                           0.5,     0.625, 0.75,  0.875};
    json["quantize"]["values"] =
        hasFloatWeights(*graph) ? Json{"as-stored", "int8", "int8w4"} : Json{"as-stored", "int8w4"};
    if (const Json sizes = inputSizes(graph); sizes.size() > 1)
        json["input_size"]["values"] = sizes;
    return parse(json.dump(), "the usual space", graph);
}

}  // namespace search
