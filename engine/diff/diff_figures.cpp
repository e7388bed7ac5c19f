// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/diff_figures.h"

#include <cmath>

#include "types/number_text.h"
#include "types/quantity_text.h"
#include "types/target.h"

namespace diff {
namespace {

using namespace types;

constexpr const char* kMinus = "\u2212";

bool isShare(DiffQuantity q) {
    return q == DiffQuantity::Accuracy || q == DiffQuantity::Auc;
}

bool isFromSamples(DiffQuantity q) {
    return isShare(q) || q == DiffQuantity::MeanSquaredError;
}

bool isPredicted(DiffQuantity q) {
    return q == DiffQuantity::LatencyUs || q == DiffQuantity::EnergyUj;
}

bool isHigherBetter(DiffQuantity q) {
    return isShare(q);
}

DiffValue exact(int64_t value) {
    return {static_cast<double>(value), {}, {}};
}

DiffValue known(const std::optional<int64_t>& value, const std::string& reason) {
    return value ? exact(*value) : DiffValue{{}, {}, reason};
}

DiffValue predicted(const Evaluation& e, const std::optional<Estimate>& estimate,
                    const std::string& gap) {
    if (estimate) return {estimate->value, estimate, {}};
    if (!e.device) return {{}, {}, "no board is chosen"};
    return {{}, {}, gap.empty() ? "the board's profile has no figure for it" : gap};
}

DiffValue scored(const Evaluation& e, const std::optional<Estimate> Quality::*figure) {
    if (!e.notRunnableReason.empty()) return {{}, {}, "it was not run: " + e.notRunnableReason};
    if (!e.quality) return {{}, {}, "no data are chosen"};
    const auto& estimate = (*e.quality).*figure;
    if (!estimate) return {{}, {}, "the data ask for another measure"};
    return {estimate->value, estimate, {}};
}

DiffValue arenaUsed(const Evaluation& e) {
    if (e.isScheduled() || runtimeOf(e.device) == Runtime::Netcaliper)
        return exact(e.netcaliperPlan.arenaBytes);
    return known(e.tflmCortexM.usedBytes(), e.tflmCortexM.unknownReason);
}

DiffValue valueOf(DiffQuantity quantity, const Evaluation& e) {
    const Totals& t = e.totals;
    switch (quantity) {
        case DiffQuantity::Macs:
            return exact(t.macs);
        case DiffQuantity::Ops:
            return exact(t.ops);
        case DiffQuantity::Params:
            return exact(t.params);
        case DiffQuantity::WeightBytes:
            return exact(t.weightBytes);
        case DiffQuantity::FlashBytes:
            return exact(t.modelBytes);
        case DiffQuantity::PeakActivationBytes:
            return exact(t.peakActivationBytes);
        case DiffQuantity::ArenaBytes:
            return known(e.plannedBytes(), e.tflmHost64.unknownReason);
        case DiffQuantity::ArenaUsedBytes:
            return arenaUsed(e);
        case DiffQuantity::LatencyUs:
            return predicted(e, t.latencyUs, t.latencyGap);
        case DiffQuantity::EnergyUj:
            return predicted(e, t.energyUj, t.energyGap);
        case DiffQuantity::Accuracy:
            return scored(e, &Quality::top1);
        case DiffQuantity::Auc:
            return scored(e, &Quality::auc);
        case DiffQuantity::MeanSquaredError:
            break;
    }
    return scored(e, &Quality::meanSquaredError);
}

std::string boardOf(const Evaluation& e) {
    return e.device ? e.device->id : std::string();
}

/// Why values of both sides say nothing about each other; empty: they do.
std::string obstacle(DiffQuantity quantity, const Evaluation& a, const Evaluation& b) {
    if (isPredicted(quantity) && boardOf(a) != boardOf(b))
        return "they are for different boards: " + boardOf(a) + " and " + boardOf(b);
    if (!isFromSamples(quantity)) return {};
    const auto sourceOf = [](const Evaluation& e) { return e.quality ? e.quality->source : ""; };
    const auto countOf = [](const Evaluation& e) { return e.quality ? e.quality->samples : 0; };
    if (sourceOf(a) == sourceOf(b) && countOf(a) == countOf(b)) return {};
    return "they are of different samples: " + sourceOf(a) + " and " + sourceOf(b);
}

Estimate differenceOf(const DiffFigure& figure) {
    const Estimate &b = *figure.baseline.band, &c = *figure.candidate.band;
    const double d = c.value - b.value;
    if (isPredicted(figure.quantity)) return {d, c.low - b.high, c.high - b.low};
    const double below = std::hypot(c.value - c.low, b.high - b.value);
    const double above = std::hypot(c.high - c.value, b.value - b.low);
    return {d, d - below, d + above};
}

DiffOutcome better(DiffQuantity quantity, double difference) {
    if (difference == 0) return DiffOutcome::Equal;
    return (difference > 0) == isHigherBetter(quantity) ? DiffOutcome::Candidate
                                                        : DiffOutcome::Baseline;
}

bool isJudged(DiffQuantity quantity) {
    return quantity == DiffQuantity::FlashBytes || quantity == DiffQuantity::ArenaUsedBytes ||
           isPredicted(quantity) || isFromSamples(quantity);
}

void judgeInterval(DiffFigure& figure, bool isSameModel, const std::string& source) {
    figure.interval = differenceOf(figure);
    const bool excludesZero = figure.interval->low > 0 || figure.interval->high < 0;
    const std::string change = changeText(figure);
    if (isPredicted(figure.quantity)) {
        figure.outcome = excludesZero ? better(figure.quantity, *figure.difference)
                         : isSameModel || *figure.difference == 0 ? DiffOutcome::Equal
                                                                  : DiffOutcome::Unclear;
        figure.evidence = std::string("predicted from the profile of ") + source +
                          (excludesZero ? "; the bands of nine in ten do not overlap"
                                        : "; the bands of nine in ten overlap");
        return;
    }
    figure.outcome = excludesZero  ? better(figure.quantity, *figure.difference)
                     : isSameModel ? DiffOutcome::Equal
                                   : DiffOutcome::Unclear;
    figure.evidence = "difference " + change + ", 95 % interval " + intervalText(figure) +
                      ", n = " + grouped(figure.samples) + " each (" + source + ")";
}

void judge(DiffFigure& figure, const Evaluation& a, const Evaluation& b) {
    if (!isJudged(figure.quantity)) return;
    figure.outcome = DiffOutcome::Unknown;
    if (!figure.difference) {
        const bool isBaseline = !figure.baseline.value;
        figure.evidence = isBaseline ? figure.baseline.reason : figure.candidate.reason;
        return;
    }
    if (figure.evidence = obstacle(figure.quantity, a, b); !figure.evidence.empty()) {
        figure.difference.reset();
        return;
    }
    const bool isSameModel = a.modelSha256 == b.modelSha256;
    if (isFromSamples(figure.quantity))
        judgeInterval(figure, isSameModel, a.quality->source);
    else if (isPredicted(figure.quantity))
        judgeInterval(figure, isSameModel, a.device->name);
    else {
        figure.outcome = better(figure.quantity, *figure.difference);
        figure.evidence = "exact";
    }
}

std::string signedText(double value, const std::string& text) {
    return (value < 0 ? kMinus : value > 0 ? "+" : "") + text;
}

bool isBytes(DiffQuantity q) {
    return q == DiffQuantity::WeightBytes || q == DiffQuantity::FlashBytes ||
           q == DiffQuantity::PeakActivationBytes || q == DiffQuantity::ArenaBytes ||
           q == DiffQuantity::ArenaUsedBytes;
}

std::string energyText(double microjoules) {
    if (microjoules >= 1e6) return digits(microjoules / 1e6) + " J";
    return microjoules >= 1e3 ? digits(microjoules / 1e3) + " mJ"
                              : digits(microjoules) + " \u00b5J";
}

/// Without a sign.
std::string amountText(DiffQuantity quantity, double value) {
    const double size = std::abs(value);
    if (quantity == DiffQuantity::LatencyUs) return durationText(size);
    if (quantity == DiffQuantity::EnergyUj) return energyText(size);
    if (isShare(quantity)) return fixedText(100 * size, 1) + " %";
    if (isFromSamples(quantity)) return digits(size);
    return grouped(std::llround(size)) + (isBytes(quantity) ? " bytes" : "");
}

std::string percentChange(double percent) {
    const double size = std::abs(percent);
    return signedText(percent, fixedText(size, size < 0.095 ? 2 : size < 9.95 ? 1 : 0) + " %");
}

}  // namespace

std::string changeText(const DiffFigure& figure) {
    if (!figure.difference) return {};
    if (*figure.difference == 0) return "no change";
    if (isShare(figure.quantity))
        return signedText(*figure.difference, fixedText(std::abs(100 * *figure.difference), 1)) +
               " points";
    if (*figure.baseline.value == 0) return {};
    return percentChange(100 * *figure.difference / *figure.baseline.value);
}

std::string valueText(DiffQuantity quantity, const DiffValue& value) {
    if (!value.value) return "unknown";
    return (*value.value < 0 ? kMinus : "") + amountText(quantity, *value.value);
}

std::string intervalText(const DiffFigure& figure) {
    if (!figure.interval) return {};
    const auto end = [&figure](double value) {
        const std::string text = isShare(figure.quantity) ? fixedText(std::abs(100 * value), 1)
                                                          : amountText(figure.quantity, value);
        return signedText(value, text);
    };
    return end(figure.interval->low) + " to " + end(figure.interval->high) +
           (isShare(figure.quantity) ? " points" : "");
}

std::vector<DiffFigure> compareFigures(const Evaluation& baseline, const Evaluation& candidate) {
    std::vector<DiffFigure> figures;
    for (int q = 0; q <= static_cast<int>(DiffQuantity::MeanSquaredError); ++q) {
        DiffFigure figure;
        figure.quantity = static_cast<DiffQuantity>(q);
        figure.baseline = valueOf(figure.quantity, baseline);
        figure.candidate = valueOf(figure.quantity, candidate);
        const bool isEmpty = !figure.baseline.value && !figure.candidate.value;
        // Accuracy stands for what is missing where there are no data.
        if (isEmpty && isFromSamples(figure.quantity) &&
            (figure.quantity != DiffQuantity::Accuracy || baseline.quality || candidate.quality))
            continue;
        if (figure.baseline.value && figure.candidate.value)
            figure.difference = *figure.candidate.value - *figure.baseline.value;
        if (isFromSamples(figure.quantity) && baseline.quality)
            figure.samples = baseline.quality->samples;
        judge(figure, baseline, candidate);
        figures.push_back(std::move(figure));
    }
    return figures;
}

}  // namespace diff
