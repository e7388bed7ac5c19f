// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/compare_models.h"

#include <algorithm>

#include "diff/diff_figures.h"
#include "diff/match_graphs.h"
#include "diff/verdict.h"

namespace diff {
namespace {

using namespace types;

DiffSide sideFor(const ComparedModel& model) {
    const std::string label = model.evaluation->variation.label();
    return {model.name + ", " + label, model.name, label, model.evaluation};
}

/// The sum where all parts are known. Bands are added, as errors of layers of one profile go
/// together.
void add(std::optional<Estimate>& sum, const std::optional<Estimate>& part, bool isFirst) {
    if (isFirst) {
        sum = part;
    } else if (sum && part) {
        sum = Estimate{sum->value + part->value, sum->low + part->low, sum->high + part->high};
    } else {
        sum.reset();
    }
}

LayerFigures figuresOf(const Evaluation& e, const std::vector<int32_t>& layers) {
    LayerFigures figures;
    for (size_t i = 0; i < layers.size(); ++i) {
        const LayerEvaluation& layer = e.layers[static_cast<size_t>(layers[i])];
        figures.op += (i == 0 ? "" : " + ") + layer.op;
        figures.name = layer.name;
        if (!layer.outputShapes.empty())
            figures.output = shapeText(layer.outputShapes[0]) + " " + dataTypeName(layer.type);
        figures.macs += layer.macs;
        figures.ops += layer.ops;
        figures.params += layer.params;
        figures.weightBytes += layer.weightBytes;
        figures.liveBytes = std::max(figures.liveBytes, layer.liveBytes);
        add(figures.latencyUs, layer.latencyUs, i == 0);
        add(figures.energyUj, layer.energyUj, i == 0);
    }
    return figures;
}

bool convertsTypes(const Evaluation& e, int32_t layer) {
    const OpKind kind = e.layers[static_cast<size_t>(layer)].kind;
    return kind == OpKind::QUANTIZE || kind == OpKind::DEQUANTIZE;
}

std::string whyOf(const LayerMatch& match, const ModelDiff& diff, bool sharesOrigins) {
    if (match.isMatched()) {
        std::string text;
        for (const std::string& change : match.changes)
            text += (text.empty() ? "" : "; ") + change;
        return text.empty() ? "unchanged" : text;
    }
    const Evaluation &a = *diff.baseline.evaluation, &b = *diff.candidate.evaluation;
    if (match.baseline.empty())
        return convertsTypes(b, match.candidate.front()) ? "added: converts where precisions meet"
                                                         : "added: the baseline has no such layer";
    if (convertsTypes(a, match.baseline.front())) return "removed: nothing is converted here";
    const bool isDropped = sharesOrigins && b.variation.dropsBlocks() && !a.variation.dropsBlocks();
    return isDropped ? "removed: its block is left out"
                     : "removed: the candidate has no such layer";
}

}  // namespace

Result<ModelDiffPtr> compareModels(const ComparedModel& baseline, const ComparedModel& candidate,
                                   bool sharesOrigins, const Work& work) {
    auto matches =
        matchGraphs(*baseline.evaluation->graph, *candidate.evaluation->graph, sharesOrigins, work);
    if (!matches) return tl::unexpected(matches.error());
    auto result = std::make_shared<ModelDiff>();
    result->baseline = sideFor(baseline);
    result->candidate = sideFor(candidate);
    result->layers.reserve(matches->size());
    for (LayerMatch& match : *matches) {
        DiffLayer layer;
        layer.baseline = figuresOf(*baseline.evaluation, match.baseline);
        layer.candidate = figuresOf(*candidate.evaluation, match.candidate);
        layer.why = whyOf(match, *result, sharesOrigins);
        layer.match = std::move(match);
        result->layers.push_back(std::move(layer));
    }
    result->totals = compareFigures(*baseline.evaluation, *candidate.evaluation);
    result->verdict = verdictOf(*result);
    return result;
}

}  // namespace diff
