// SPDX-License-Identifier: GPL-3.0-or-later
// Verdict, totals, variations tried, and how right they are.
#include <algorithm>

#include "diff/diff_figures.h"
#include "report/report_parts.h"
#include "types/number_text.h"

namespace report {
namespace {

using namespace types;
using document::Document;
using document::Heading;
using document::Paragraph;
using document::Table;

/// "29.3 to 43.5 ms"; empty for exact figures.
std::string bandText(const DiffFigure& figure) {
    const DiffValue& value = figure.candidate;
    if (!value.band) return {};
    return diff::valueText(figure.quantity, {value.band->low, {}, {}}) + " to " +
           diff::valueText(figure.quantity, {value.band->high, {}, {}});
}

/// What a figure is, and what it rests on.
std::string natureOf(const DiffFigure& figure, const Evaluation& e) {
    switch (figure.quantity) {
        case DiffQuantity::LatencyUs:
        case DiffQuantity::EnergyUj:
            return "predicted, 90 % band";
        case DiffQuantity::Accuracy:
        case DiffQuantity::Auc:
        case DiffQuantity::MeanSquaredError:
            return e.quality ? "run, 95 % interval, n = " + grouped(e.quality->samples) : "";
        case DiffQuantity::ArenaBytes:
        case DiffQuantity::ArenaUsedBytes:
            return "planned, exact";
        default:
            return "counted, exact";
    }
}

std::string capitalized(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

const DiffFigure* figureOf(const std::vector<DiffFigure>& figures, DiffQuantity quantity) {
    const auto found = std::ranges::find(figures, quantity, &DiffFigure::quantity);
    return found == figures.end() ? nullptr : &*found;
}

/// The quality that the data ask for.
DiffQuantity qualityQuantity(const Evaluation& e) {
    if (e.quality && !e.quality->top1 && e.quality->auc) return DiffQuantity::Auc;
    if (e.quality && !e.quality->top1 && e.quality->meanSquaredError)
        return DiffQuantity::MeanSquaredError;
    return DiffQuantity::Accuracy;
}

/// "46.2 ms (29.3 to 43.5 ms)"
std::string valueWithBand(const std::vector<DiffFigure>& figures, DiffQuantity quantity) {
    const DiffFigure* figure = figureOf(figures, quantity);
    if (!figure) return "unknown";
    const std::string band = bandText(*figure);
    return diff::valueText(quantity, figure->candidate) + (band.empty() ? "" : " (" + band + ")");
}

/// "−38 % (−31.0 ms to −12.5 ms)"
std::string changeWithInterval(const std::vector<DiffFigure>& figures, DiffQuantity quantity) {
    const DiffFigure* figure = figureOf(figures, quantity);
    if (!figure || !figure->difference) return "unknown";
    const std::string interval = diff::intervalText(*figure);
    return diff::changeText(*figure) + (interval.empty() ? "" : " (" + interval + ")");
}

std::string roomText(const Evaluation& e) {
    if (!e.device) return "\u2014";
    switch (modelVerdict(e).room) {
        case Verdict::Fits:
            return "fits";
        case Verdict::Exceeds:
            return "does not fit";
        case Verdict::Unknown:
            break;
    }
    return "unknown";
}

std::string shareText(const std::optional<Estimate>& share) {
    if (!share) return "\u2014";
    return fixedText(100 * share->value, 1) + " % (" + fixedText(100 * share->low, 1) + " to " +
           fixedText(100 * share->high, 1) + ")";
}

Table classTable(const Quality& quality) {
    Table table{{{"Class"},
                 {"Samples", true},
                 {"Found of its samples", true},
                 {"Right of its choices", true}},
                {}};
    for (const ClassQuality& own : quality.classes)
        table.rows.push_back(
            {own.name, grouped(own.samples), shareText(own.recall), shareText(own.precision)});
    return table;
}

std::string comparedText(const Evaluation& e) {
    std::string text;
    if (e.totals.agreement)
        text = "It agrees with the original on " + percentText(100 * *e.totals.agreement, "%.1f") +
               " of " + e.samplesSource + ".";
    if (e.totals.sqnrDb)
        text += (text.empty() ? "" : " ") +
                std::string(
                    "Its outputs differ from the original's by "
                    "noise ") +
                fixedText(*e.totals.sqnrDb, 1) + " dB below the signal (SQNR).";
    return text;
}

}  // namespace

void addVerdict(Document& page, const ReportInput& input) {
    const ModelVerdict verdict = modelVerdict(*input.reported, input.measured);
    page.add(document::Lead{verdict.sentence()});
    page.add(document::Bullets{verdict.evidence});
}

void addTotals(Document& page, const ReportInput& input) {
    const Evaluation& e = *input.reported;
    const auto& before = input.original ? input.original : input.reported;
    const bool isCompared = input.original && !e.variation.isIdentity();
    Table table{{{"Figure"}, {"Value", true}, {"Band or interval", true}, {"What it is"}}, {}};
    if (isCompared) table.columns.push_back({"Against the original", true});
    for (const DiffFigure& figure : diff::compareFigures(*before, e)) {
        std::string nature = natureOf(figure, e);
        if (!figure.candidate.value) nature = figure.candidate.reason;
        table.rows.push_back({capitalized(diffQuantityWord(figure.quantity)),
                              diff::valueText(figure.quantity, figure.candidate), bandText(figure),
                              nature});
        if (isCompared) table.rows.back().push_back(diff::changeText(figure));
    }
    page.add(Heading{"Figures"});
    page.add(std::move(table));
}

void addTried(Document& page, const ReportInput& input) {
    if (input.tried.size() < 2 || !input.original) return;
    const DiffQuantity quality = qualityQuantity(*input.reported);
    Table table{{{"Variation"},
                 {"Flash, bytes", true},
                 {"Arena", true},
                 {"Latency", true},
                 {capitalized(diffQuantityWord(quality)), true},
                 {"Its difference, 95 % interval", true},
                 {"Board"}},
                {}};
    for (const TriedModel& tried : input.tried) {
        const Evaluation& e = *tried.evaluation;
        const auto figures = diff::compareFigures(*input.original, e);
        const bool isOriginal = e.variation.isIdentity();
        if (e.modelSha256 != input.reported->modelSha256)
            table.mutedRows.push_back(table.rows.size());
        table.rows.push_back({tried.name, grouped(e.totals.modelBytes),
                              valueWithBand(figures, DiffQuantity::ArenaUsedBytes),
                              valueWithBand(figures, DiffQuantity::LatencyUs),
                              valueWithBand(figures, quality),
                              isOriginal ? "" : changeWithInterval(figures, quality), roomText(e)});
    }
    page.add(Heading{"Variations tried"});
    page.add(std::move(table));
    page.add(
        Paragraph{"Differences are against the original, on the same samples. A difference "
                  "whose interval holds zero is none that the samples show.",
                  true});
}

void addQuality(Document& page, const ReportInput& input) {
    constexpr size_t kMaxClasses = 20;
    const Evaluation& e = *input.reported;
    page.add(Heading{"How right it is"});
    if (!e.quality) {
        page.add(Paragraph{modelVerdict(e).quality});
    } else {
        const Quality& q = *e.quality;
        std::string text = modelVerdict(e).quality + " On " + q.source + ".";
        if (q.topK) text += " Top " + std::to_string(q.k) + ": " + shareText(q.topK) + ".";
        if (q.top1 && q.auc) text += " AUC " + digits(q.auc->value) + ".";
        page.add(Paragraph{text});
        if (q.classes.size() > 1 && q.classes.size() <= kMaxClasses) page.add(classTable(q));
    }
    if (const std::string text = comparedText(e); !text.empty()) page.add(Paragraph{text});
    if (!e.calibrationSource.empty())
        page.add(Paragraph{"Ranges and recovered weights were learned from " + e.calibrationSource +
                           "."});
    if (e.training)
        page.add(Paragraph{"Trained for " + grouped(e.training->epochs) + " epochs on " +
                           grouped(e.training->trainSamples) + " samples, seed " +
                           std::to_string(e.training->seed) + "; the best epoch was chosen by " +
                           grouped(e.training->validationSamples) + " others."});
}

}  // namespace report
