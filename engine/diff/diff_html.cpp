// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/diff_html.h"

#include <algorithm>
#include <cmath>

#include "diff/diff_figures.h"
#include "types/number_text.h"
#include "types/target.h"

namespace diff {
namespace {

using namespace types;

constexpr const char* kStyle = R"(
.diff{--ink:#1c2128;--muted:#5c6672;--line:#d5d9de;--a:#6b7785;--b:#0072b2;--less:#56789b;--more:#d07a1f}
@media (prefers-color-scheme:dark){.diff{--ink:#e4e8ed;--muted:#97a2b0;--line:#39414b;--a:#97a2b0;--b:#56b4e9;--less:#7fa3c7;--more:#e69f4f}}
.diff{color:var(--ink);font:15px/1.5 system-ui,sans-serif}
.diff .verdict{font-size:1.5em;line-height:1.35;margin:0 0 .6em;max-width:46em}
.diff .muted{color:var(--muted)}
.diff table{border-collapse:collapse;margin:.5em 0 1.5em}
.diff th,.diff td{padding:.25em .8em;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;font-variant-numeric:tabular-nums}
.diff th{font-weight:600}.diff .text{text-align:left}
.diff .unmatched{color:var(--muted)}
.diff svg{width:100%;height:auto;max-width:64em;display:block}
.diff svg text{fill:var(--muted);font-size:11px}
.diff .memory{display:grid;grid-template-columns:1fr 1fr;gap:1em;max-width:64em}
)";

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text)
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += c;
        }
    return result;
}

std::string cell(const std::string& text, const char* kind = "") {
    return std::string("<td") + (*kind ? std::string(" class=\"") + kind + "\"" : "") + ">" +
           escaped(text) + "</td>";
}

std::string headRow(std::initializer_list<std::pair<const char*, const char*>> columns) {
    std::string row = "<tr>";
    for (const auto& [title, kind] : columns)
        row += std::string("<th scope=\"col\"") +
               (*kind ? std::string(" class=\"") + kind + "\"" : "") + ">" + title + "</th>";
    return row + "</tr>\n";
}

std::string list(const char* title, const std::vector<std::string>& lines) {
    if (lines.empty()) return {};
    std::string html = std::string("<h3>") + title + "</h3>\n<ul>\n";
    for (const std::string& line : lines)
        html += "<li>" + escaped(line) + "</li>\n";
    return html + "</ul>\n";
}

std::string sideLine(const char* role, const DiffSide& side) {
    const Evaluation& e = *side.evaluation;
    return std::string("<p class=\"muted\">") + role + ": <b>" + escaped(side.name) +
           "</b>, SHA-256 <code>" + e.modelSha256.substr(0, 16) + "</code>, " +
           grouped(static_cast<int64_t>(e.layers.size())) + " layers</p>\n";
}

std::string boardLine(const ModelDiff& diff) {
    const Evaluation& e = *diff.candidate.evaluation;
    if (!e.device) return "<p class=\"muted\">No board: without latency, energy and room.</p>\n";
    return "<p class=\"muted\">On " + escaped(e.device->name) + ", " + escaped(e.device->runtime) +
           ", " + digits(e.device->clockMhz) + " MHz. Times and energies are predicted.</p>\n";
}

std::string figuresTable(const ModelDiff& diff) {
    std::string html = "<table>\n" + headRow({{"Figure", "text"},
                                              {"Baseline", ""},
                                              {"Candidate", ""},
                                              {"Difference", ""},
                                              {"Evidence", "text"}});
    for (const DiffFigure& figure : diff.totals) {
        const DiffQuantity q = figure.quantity;
        html += "<tr>" + cell(diffQuantityWord(q), "text") + cell(valueText(q, figure.baseline)) +
                cell(valueText(q, figure.candidate)) + cell(changeText(figure)) +
                cell(figure.evidence, "text") + "</tr>\n";
    }
    return html + "</table>\n";
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

std::string rectangle(double x, double y, double width, double height, const std::string& style) {
    return "<rect x=\"" + fixedText(x, 2) + "\" y=\"" + fixedText(y, 2) + "\" width=\"" +
           fixedText(std::max(0.5, width), 2) + "\" height=\"" + fixedText(height, 2) + "\" " +
           style + "/>\n";
}

/// Two bars per match, side by side.
std::string layersChart(const ModelDiff& diff) {
    constexpr double kWide = 960, kHigh = 180, kTop = 18;
    const LayerCost cost = costOf(diff);
    double largest = 0;
    for (const DiffLayer& layer : diff.layers)
        largest = std::max({largest, cost.of(layer.baseline), cost.of(layer.candidate)});
    if (largest <= 0) return {};
    std::string html = "<svg viewBox=\"0 0 960 200\" role=\"img\" aria-label=\"" +
                       escaped(cost.title) +
                       "; the table holds the same figures\">\n<text x=\"0\" "
                       "y=\"12\">" +
                       cost.title + ", at most " + digits(largest, 4) + "</text>\n";
    const double column = kWide / static_cast<double>(diff.layers.size());
    for (size_t i = 0; i < diff.layers.size(); ++i) {
        const double x = static_cast<double>(i) * column, bar = column * 0.42;
        const auto draw = [&](double value, double from, const char* color) {
            const double height = kHigh * value / largest;
            if (value > 0)
                html += rectangle(from, kTop + kHigh - height, bar, height,
                                  std::string("style=\"fill:var(--") + color + ")\"");
        };
        draw(cost.of(diff.layers[i].baseline), x, "a");
        draw(cost.of(diff.layers[i].candidate), x + bar, "b");
    }
    return html + "</svg>\n<p class=\"muted\">Left bar: baseline. Right bar: candidate.</p>\n";
}

std::string indexText(const std::vector<int32_t>& layers) {
    std::string text;
    for (const int32_t layer : layers)
        text += (text.empty() ? "#" : " #") + std::to_string(layer);
    return text.empty() ? "\u2014" : text;
}

std::string signedCount(int64_t value) {
    const std::string text = grouped(std::abs(value));
    return value < 0 ? "\u2212" + text : value > 0 ? "+" + text : "0";
}

std::string layerRow(const DiffLayer& layer, const LayerCost& cost) {
    const LayerMatch& match = layer.match;
    const double a = cost.of(layer.baseline), b = cost.of(layer.candidate);
    const std::string op = match.candidate.empty() ? layer.baseline.op : layer.candidate.op;
    const int64_t bytes = layer.candidate.weightBytes - layer.baseline.weightBytes;
    std::string row = match.isMatched() ? "<tr>" : "<tr class=\"unmatched\">";
    row += cell(indexText(match.baseline), "text") + cell(indexText(match.candidate), "text") +
           cell(op, "text") +
           cell(match.isMatched() ? matchKindName(match.kind) : "unmatched", "text") +
           cell(digits(a, 4)) + cell(digits(b, 4)) +
           cell((b < a   ? "\u2212"
                 : b > a ? "+"
                         : "") +
                digits(std::abs(b - a), 4)) +
           cell(signedCount(bytes)) + cell(layer.why, "text");
    return row + "</tr>\n";
}

std::string layersTable(const ModelDiff& diff) {
    const LayerCost cost = costOf(diff);
    std::string html = "<table>\n" + headRow({{"Baseline", "text"},
                                              {"Candidate", "text"},
                                              {"Operator", "text"},
                                              {"Match", "text"},
                                              {"Cost before", ""},
                                              {"Cost now", ""},
                                              {"Difference", ""},
                                              {"Weight bytes", ""},
                                              {"What differs", "text"}});
    for (const DiffLayer& layer : diff.layers)
        html += layerRow(layer, cost);
    return html + "</table>\n";
}

/// The arena over the operators; `top`: address at the upper edge, of both maps.
std::string memoryMap(const Evaluation& e, const char* role, int64_t top) {
    constexpr double kWide = 460, kHigh = 200, kTop = 18;
    const MemoryPlan& plan = e.budgetedPlan();
    const double column = kWide / static_cast<double>(std::max<size_t>(1, e.layers.size()));
    std::string html = "<svg viewBox=\"0 0 460 222\" role=\"img\" aria-label=\"Arena of the " +
                       std::string(role) + "\">\n<text x=\"0\" y=\"12\">" + role + ": " +
                       grouped(plan.arenaBytes) + " bytes planned, peak at #" +
                       std::to_string(plan.peakOp) + "</text>\n";
    const auto last = static_cast<int32_t>(e.layers.size()) - 1;
    for (const PlannedBuffer& buffer : plan.buffers) {
        const int32_t from = std::clamp(buffer.firstOp, 0, std::max(0, last));
        const int32_t to = std::clamp(buffer.lastOp, from, std::max(0, last));
        const double scale = kHigh / static_cast<double>(std::max<int64_t>(1, top));
        const double height = static_cast<double>(buffer.size) * scale;
        const double y = kTop + kHigh - static_cast<double>(buffer.offset) * scale - height;
        html += rectangle(from * column, y, (to - from + 1) * column, height,
                          "style=\"fill:var(--b);fill-opacity:.35;stroke:var(--b)\"");
    }
    return html + "</svg>\n";
}

std::string memorySection(const ModelDiff& diff) {
    const Evaluation &a = *diff.baseline.evaluation, &b = *diff.candidate.evaluation;
    const int64_t top = std::max(a.budgetedPlan().arenaBytes, b.budgetedPlan().arenaBytes);
    const bool isOurs = runtimeOf(b.device) == Runtime::Netcaliper;
    return std::string("<h3>Memory, plan of ") + (isOurs ? "our own runtime" : "TFLM") +
           "</h3>\n<div class=\"memory\">\n" + memoryMap(a, "baseline", top) +
           memoryMap(b, "candidate", top) + "</div>\n";
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
    return "<p>Matched: " + (text.empty() ? "none" : text) +
           ". Only in the candidate: " + grouped(added) +
           ". Only in the baseline: " + grouped(removed) + ".</p>\n";
}

}  // namespace

std::string sectionHtml(const ModelDiff& diff) {
    return std::string("<section class=\"diff\">\n<style>") + kStyle +
           "</style>\n<p class=\"verdict\">" + escaped(diff.verdict.sentence) + "</p>\n" +
           sideLine("Baseline", diff.baseline) + sideLine("Candidate", diff.candidate) +
           boardLine(diff) + list("Evidence", diff.verdict.evidence) +
           list("What cannot be said", diff.verdict.cannotSay) + "<h3>Figures</h3>\n" +
           figuresTable(diff) + "<h3>Layers</h3>\n" + countsLine(diff) + layersChart(diff) +
           layersTable(diff) + memorySection(diff) + "</section>\n";
}

std::string pageHtml(const ModelDiff& diff) {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
           "name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" "
           "content=\"light dark\">\n<title>" +
           escaped(diff.baseline.name) + " and " + escaped(diff.candidate.name) +
           "</title>\n<style>body{margin:2em auto;max-width:72em;padding:0 1em}</style>\n</head>\n"
           "<body>\n<h1>Baseline and candidate</h1>\n" +
           sectionHtml(diff) + "</body>\n</html>\n";
}

}  // namespace diff
