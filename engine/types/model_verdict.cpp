// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/model_verdict.h"

#include <cmath>

#include "types/latency_basis.h"
#include "types/number_text.h"
#include "types/quantity_text.h"

namespace types {
namespace {

bool isRefused(const Evaluation& e) {
    return e.tflmCortexM.isRefused && runtimeOf(e.device) == Runtime::Tflm;
}

std::string joined(const std::string& first, const std::string& second) {
    return first + (first.empty() || second.empty() ? "" : " and ") + second;
}

/// "173 KiB SRAM too much"; empty where the budget is not exceeded.
std::string excess(const std::optional<Budget>& budget, const char* memory) {
    if (!budget || !budget->exceeds()) return {};
    return (budget->isKnown() ? "" : "at least ") + sizeText(-budget->spareBytes()) + " " + memory +
           " too much" + (budget->holdsBlock() ? "" : " in one block");
}

std::string spare(const std::optional<Budget>& budget, const char* memory) {
    return budget ? sizeText(budget->spareBytes()) + " " + memory : std::string();
}

std::string unknownPart(const Evaluation& e) {
    for (const auto* budget : {&e.flash, &e.sram})
        if (*budget && !(*budget)->isKnown()) return (*budget)->unknownReason;
    return {};
}

Verdict roomOf(const Evaluation& e) {
    if (!e.device) return Verdict::Unknown;
    return isRefused(e) ? Verdict::Exceeds : e.verdict();
}

std::string fitText(const Evaluation& e) {
    if (!e.device) return "No board is chosen, so whether it fits is unknown.";
    const std::string& board = e.device->name;
    if (isRefused(e)) return "Does not run on " + board + ": " + e.tflmCortexM.unknownReason + ".";
    switch (e.verdict()) {
        case Verdict::Fits:
            return "Fits " + board + ", " + joined(spare(e.sram, "SRAM"), spare(e.flash, "flash")) +
                   " to spare.";
        case Verdict::Exceeds:
            return "Does not fit " + board + ": " +
                   joined(excess(e.sram, "SRAM"), excess(e.flash, "flash")) + ".";
        case Verdict::Unknown:
            break;
    }
    return "Whether it fits " + board + " is unknown: " + unknownPart(e) + ".";
}

/// "36.0 ms ± 20 % predicted."
std::string speedText(const Evaluation& e, const std::optional<MeasuredLatency>& measured) {
    const auto& latency = e.totals.latencyUs;
    std::string predicted;
    if (latency) {
        predicted = durationText(latency->value);
        const double half = (latency->high - latency->low) / 2;
        if (half > 0 && latency->value > 0)
            predicted += " \u00b1 " + digits(100 * half / latency->value, 2) + " %";
        predicted += " predicted";
    }
    if (measured)
        return durationText(measured->us) + " measured" +
               (latency ? " (" + predicted + ")" : std::string()) + ".";
    if (latency) return predicted + ".";
    return "How fast is unknown: " +
           (e.device ? e.totals.latencyGap : std::string("no board is chosen")) + ".";
}

/// "(87.0 to 93.1 %, n = 250)"
std::string intervalText(const std::string& low, const std::string& high, int32_t samples) {
    return " (" + low + " to " + high + ", n = " + grouped(samples) + ")";
}

std::string qualityText(const Evaluation& e) {
    if (!e.notRunnableReason.empty())
        return "How right is unknown: it cannot be run here, " + e.notRunnableReason + ".";
    if (!e.quality) return "How right is unknown: no data are chosen.";
    const Quality& q = *e.quality;
    if (q.top1)
        return fixedText(100 * q.top1->value, 1) + " % right" +
               intervalText(fixedText(100 * q.top1->low, 1),
                            fixedText(100 * q.top1->high, 1) + " %", q.samples) +
               ".";
    const auto& figure = q.auc ? q.auc : q.meanSquaredError;
    if (!figure) return "How right is unknown: the data say nothing of what is right.";
    return (q.auc ? "AUC " : "Mean squared error ") + digits(figure->value) +
           intervalText(digits(figure->low), digits(figure->high), q.samples) + ".";
}

std::string memoryEvidence(const Evaluation& e) {
    const bool isOurs = runtimeOf(e.device) == Runtime::Netcaliper;
    return std::string("Memory: planned for ") +
           (isOurs ? "our own runtime" : "TensorFlow Lite Micro") +
           ", with the lines that the profile of the board reserves.";
}

std::string speedEvidence(const Evaluation& e, const std::optional<MeasuredLatency>& measured) {
    std::string text = "Latency: ";
    if (measured) text += "measured (" + measured->source + "). Predicted: ";
    return text + (e.totals.latencyUs ? "90 % band, from " : "") + basisText(*e.device) + ".";
}

/// What the ranges of a quantized file, or recovered weights, were learned from where no data were.
std::string warning(const Evaluation& e) {
    if (e.calibrationSource.empty() || !e.datasetPath.empty() ||
        e.calibrationSource.find("random") == std::string::npos)
        return {};
    return "Beware: ranges come from " + e.calibrationSource + "; choose data before you use it.";
}

/// The need with the code of the largest published build.
std::string codeWarning(const Evaluation& e) {
    if (!e.flash || !e.flash->fits() || e.flash->mostBytes() <= e.flash->limitBytes) return {};
    return "Beware: with as much code as the largest published build of the runtime has, it does "
           "not fit the flash.";
}

std::vector<std::string> evidenceOf(const Evaluation& e,
                                    const std::optional<MeasuredLatency>& measured) {
    std::vector<std::string> lines;
    if (e.device && (e.totals.latencyUs || measured)) lines.push_back(speedEvidence(e, measured));
    if (e.quality) lines.push_back("Quality: 95 % interval, run on " + e.quality->source + ".");
    if (e.device) lines.push_back(memoryEvidence(e));
    for (const std::string& line : {codeWarning(e), warning(e)})
        if (!line.empty()) lines.push_back(line);
    return lines;
}

}  // namespace

ModelVerdict modelVerdict(const Evaluation& evaluation,
                          const std::optional<MeasuredLatency>& measured) {
    return {roomOf(evaluation), fitText(evaluation), speedText(evaluation, measured),
            qualityText(evaluation), evidenceOf(evaluation, measured)};
}

}  // namespace types
