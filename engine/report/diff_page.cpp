// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/diff_page.h"

#include <cmath>

#include "diff/diff_figures.h"
#include "report/drawings.h"
#include "types/number_text.h"

namespace report {
namespace {

using namespace types;
using document::Document;
using document::Heading;
using document::Paragraph;
using document::Table;

Paragraph sideLine(const char* role, const DiffSide& side) {
    const Evaluation& e = *side.evaluation;
    return {std::string(role) + ": " + side.name + ", SHA-256 " + e.modelSha256.substr(0, 16) +
                ", " + grouped(static_cast<int64_t>(e.layers.size())) + " layers",
            true};
}

Paragraph boardLine(const ModelDiff& diff) {
    const Evaluation& e = *diff.candidate.evaluation;
    if (!e.device) return {"No board: without latency, energy and room.", true};
    return {"On " + e.device->name + ", " + e.device->runtime + ", " + digits(e.device->clockMhz) +
                " MHz. Times and energies are predicted.",
            true};
}

Table diffFigures(const ModelDiff& diff) {
    Table table{
        {{"Figure"}, {"Baseline", true}, {"Candidate", true}, {"Difference", true}, {"Evidence"}},
        {}};
    for (const DiffFigure& figure : diff.totals)
        table.rows.push_back({diffQuantityWord(figure.quantity),
                              diff::valueText(figure.quantity, figure.baseline),
                              diff::valueText(figure.quantity, figure.candidate),
                              diff::changeText(figure), figure.evidence});
    return table;
}

/// Time where it is known for both sides, else MACs.
struct LayerCost {
    const char* title;
    double (*of)(const LayerFigures& figures);
};

LayerCost costOf(const ModelDiff& diff) {
    const auto isTimed = [](const Evaluation& e) { return e.totals.latencyUs.has_value(); };
    if (isTimed(*diff.baseline.evaluation) && isTimed(*diff.candidate.evaluation))
        return {"Predicted time of each layer, \u00b5s",
                [](const LayerFigures& f) { return f.latencyUs ? f.latencyUs->value : 0.0; }};
    return {"MACs of each layer",
            [](const LayerFigures& f) { return static_cast<double>(f.macs); }};
}

std::string indexText(const std::vector<int32_t>& layers) {
    std::string text;
    for (const int32_t layer : layers)
        text += (text.empty() ? "#" : " #") + std::to_string(layer);
    return text.empty() ? "\u2014" : text;
}

std::string signedText(double value, const std::string& text) {
    return (value < 0 ? "\u2212" : value > 0 ? "+" : "") + text;
}

std::vector<std::string> layerRow(const DiffLayer& layer, const LayerCost& cost) {
    const LayerMatch& match = layer.match;
    const double a = cost.of(layer.baseline), b = cost.of(layer.candidate);
    const int64_t bytes = layer.candidate.weightBytes - layer.baseline.weightBytes;
    return {indexText(match.baseline),
            indexText(match.candidate),
            match.candidate.empty() ? layer.baseline.op : layer.candidate.op,
            match.isMatched() ? matchKindName(match.kind) : "unmatched",
            digits(a, 4),
            digits(b, 4),
            signedText(b - a, digits(std::abs(b - a), 4)),
            signedText(static_cast<double>(bytes), grouped(std::abs(bytes))),
            layer.why};
}

Table layersTable(const ModelDiff& diff, const LayerCost& cost) {
    Table table{{{"Baseline"},
                 {"Candidate"},
                 {"Operator"},
                 {"Match"},
                 {"Cost before", true},
                 {"Cost now", true},
                 {"Difference", true},
                 {"Weight bytes", true},
                 {"What differs"}},
                {}};
    for (const DiffLayer& layer : diff.layers) {
        if (!layer.match.isMatched()) table.mutedRows.push_back(table.rows.size());
        table.rows.push_back(layerRow(layer, cost));
    }
    return table;
}

std::string countsLine(const ModelDiff& diff) {
    std::vector<int64_t> kinds(kMatchKindCount, 0);
    int64_t added = 0, removed = 0;
    for (const DiffLayer& layer : diff.layers) {
        if (layer.match.isMatched()) ++kinds[static_cast<size_t>(layer.match.kind)];
        added += layer.match.baseline.empty();
        removed += layer.match.candidate.empty();
    }
    std::string text;
    for (int k = 0; k < kMatchKindCount; ++k)
        if (kinds[static_cast<size_t>(k)] > 0)
            text += (text.empty() ? "" : ", ") + grouped(kinds[static_cast<size_t>(k)]) + " " +
                    matchKindName(static_cast<MatchKind>(k));
    return "Matched: " + (text.empty() ? "none" : text) +
           ". Only in the candidate: " + grouped(added) +
           ". Only in the baseline: " + grouped(removed) + ".";
}

void addLayers(Document& page, const ModelDiff& diff) {
    const LayerCost cost = costOf(diff);
    Bars bars{cost.title, {}, "Left bar: baseline. Right bar: candidate. In the table's order."};
    for (const DiffLayer& layer : diff.layers)
        bars.columns.push_back({cost.of(layer.baseline), cost.of(layer.candidate)});
    page.add(Heading{"Layers"});
    page.add(Paragraph{countsLine(diff)});
    if (auto drawing = barsDrawing(bars); drawing.width > 0) page.add(std::move(drawing));
    page.add(layersTable(diff, cost));
}

}  // namespace

Document diffPage(const ModelDiff& diff) {
    Document page{"Baseline " + diff.baseline.name + ", candidate " + diff.candidate.name, {}};
    page.add(document::Lead{diff.verdict.sentence});
    page.add(sideLine("Baseline", diff.baseline));
    page.add(sideLine("Candidate", diff.candidate));
    page.add(boardLine(diff));
    page.addList("Evidence", diff.verdict.evidence);
    page.addList("What cannot be said", diff.verdict.cannotSay);
    page.add(Heading{"Figures"});
    page.add(diffFigures(diff));
    addLayers(page, diff);
    page.add(Heading{"Memory"});
    page.add(arenasDrawing(*diff.baseline.evaluation, *diff.candidate.evaluation));
    return page;
}

}  // namespace report
