// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "analysis/validate.h"
#include "quantize/model_edits.h"
#include "transform/compression/compress_weights.h"
#include "transform/rewrites/rewrites.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Op;
using types::Precision;
using types::Result;
using types::RewriteKnobs;
using types::Variation;

namespace {

/// True where a knob of another step acts.
bool actsBeyondRewrites(const Variation& variation) {
    Variation others = withoutCompression(variation);
    others.rewrite = {};
    return !others.isIdentity();
}

bool changesPrecision(const Variation& variation, const Op& op) {
    const auto own = variation.layers.find(op.origin);
    const bool isOwn = own != variation.layers.end() && own->second.precision;
    return (isOwn ? *own->second.precision : variation.quantize.precision) != Precision::AsStored;
}

/// Constants that are folded without being asked for, where another knob acts.
bool isFoldedForOthers(const Graph& graph, const Variation& variation, const Op& op) {
    const bool inBlocks = std::ranges::any_of(
        op.inputs, [&](int32_t t) { return t >= 0 && graph.tensor(t).blockScales.has_value(); });
    return inBlocks ? changesPrecision(variation, op) : op.kind == types::OpKind::DEQUANTIZE;
}

void tell(int count, const char* one, const char* many, std::vector<std::string>& changes) {
    if (count > 0) changes.push_back(std::to_string(count) + " " + (count == 1 ? one : many));
}

Result<GraphPtr> withInlined(const GraphPtr& graph, std::vector<std::string>& changes) {
    Graph edited = *graph;
    const auto count = inlineComposites(edited);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return graph;
    tell(*count, "composite replaced by its decomposition",
         "composites replaced by their decompositions", changes);
    edited.original = {};
    if (auto sound = analysis::validate(edited); !sound) return tl::unexpected(sound.error());
    return std::make_shared<const Graph>(std::move(edited));
}

}  // namespace

Result<GraphPtr> rewrite(const GraphPtr& graph, const Variation& variation, const ApplyContext&,
                         std::vector<std::string>& changes) {
    const RewriteKnobs& knobs = variation.rewrite;
    GraphPtr source = graph;
    if (knobs.inlineComposites) {
        auto inlined = withInlined(graph, changes);
        if (!inlined) return inlined;
        source = std::move(*inlined);
    }
    quantize::ModelEdits edits(*source);
    int replaced = 0;
    const auto count = [&](int done, const char* one, const char* many) {
        replaced += done;
        tell(done, one, many, changes);
    };
    const bool others = actsBeyondRewrites(variation);
    const auto decodes = [&](const Op& op) {
        return op.kind == types::OpKind::TFLM_DECODE && isDecodedFor(edits.graph(), op, variation);
    };
    count(foldConstants(edits.graph(), decodes), "operator decoded: its weights are constants now",
          "operators decoded: their weights are constants now");
    const auto folds = [&](const Op& op) {
        if (op.kind == types::OpKind::TFLM_DECODE) return false;
        return knobs.foldConstants || (others && isFoldedForOthers(edits.graph(), variation, op));
    };
    if (knobs.foldConstants || others)
        count(foldConstants(edits.graph(), folds), "operator folded: its constants are floats now",
              "operators folded: their constants are floats now");
    if (knobs.selectV2)
        count(selectToV2(edits.graph()), "SELECT is SELECT_V2 now", "SELECTs are SELECT_V2 now");
    if (knobs.denseMatMul)
        count(matMulToDense(edits.graph()), "BATCH_MATMUL is FULLY_CONNECTED now",
              "BATCH_MATMULs are FULLY_CONNECTED now");
    if (knobs.perTensorDense)
        count(perTensorDense(edits.graph()),
              "FULLY_CONNECTED has one weight scale now, its codes rounded to it",
              "FULLY_CONNECTEDs have one weight scale now, their codes rounded to it");
    if (replaced == 0) return source;
    auto result = std::make_shared<const Graph>(edits.finish());
    if (auto sound = analysis::validate(*result); !sound) return tl::unexpected(sound.error());
    return result;
}

}  // namespace transform
