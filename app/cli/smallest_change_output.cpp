// SPDX-License-Identifier: GPL-3.0-or-later
#include "smallest_change_output.h"

#include <cmath>

#include "json_output.h"
#include "text_table.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

using namespace types;
using search::FitAttempt;
using search::FittingChange;

/// Predictions exist only for the runtime of the device's profile.
std::optional<Estimate> latencyOf(const FittingChange& change, Runtime runtime) {
    const bool isPredicted = runtime == runtimeOf(*change.evaluation->device);
    return isPredicted ? change.evaluation->totals.latencyUs : std::nullopt;
}

std::string nameOf(const FittingChange& change) {
    const bool isSame = change.variation.isIdentity();
    if (change.trial.isReordered)
        return isSame ? "another order of operators"
                      : change.variation.label() + ", operators reordered";
    return change.variation.label();
}

Json changeJson(const FittingChange& change, Runtime runtime) {
    const Totals& t = change.evaluation->totals;
    const auto latency = latencyOf(change, runtime);
    return {{"change", nameOf(change)},
            {"variation", Json::parse(transform::variationText(change.variation))},
            {"reordered", change.trial.isReordered},
            {"flash", toJson(change.trial.footprint.flash)},
            {"sram", toJson(change.trial.footprint.sram)},
            {"macs", t.macs},
            {"params", t.params},
            {"latency_us", latency ? Json(latency->value) : Json()},
            {"energy_uj", latency && t.energyUj ? Json(t.energyUj->value) : Json()},
            {"accuracy", t.accuracy ? Json(t.accuracy->value) : Json()},
            {"agreement", toJson(t.agreement)},
            {"sqnr_db", toJson(t.sqnrDb)},
            {"samples_source", change.evaluation->samplesSource},
            {"changes", change.evaluation->changes}};
}

Json attemptJson(const FitAttempt& attempt) {
    Json json = {
        {"change", attempt.what},
        {"fits",
         attempt.unknownReason.empty() || attempt.excessBytes > 0 ? Json(attempt.fits()) : Json()},
        {"problem", attempt.problem.empty() ? Json() : Json(attempt.problem)}};
    if (!attempt.problem.empty()) {
        json["excess_bytes"] = Json();
        json["excess_bytes_reason"] = attempt.problem;
    } else {
        addExcess(json, "excess_bytes", attempt.excessBytes, attempt.unknownReason);
    }
    if (json["fits"].is_null()) json["fits_reason"] = attempt.unknownReason;
    return json;
}

std::string wholePercent(const std::optional<double>& share) {
    return share ? percentText(std::round(share.value_or(0) * 100), "%.0f") : "-";
}

std::string decibelText(const std::optional<double>& decibel) {
    return decibel ? grouped(static_cast<int64_t>(*decibel + 0.5)) + " dB" : "-";
}

std::string changesText(const std::vector<FittingChange>& changes, Runtime runtime) {
    TextTable table({"smallest first", ">MACs", ">flash", ">SRAM", ">latency", ">agreement",
                     ">SQNR", ">accuracy"});
    for (const FittingChange& change : changes) {
        const Totals& t = change.evaluation->totals;
        const auto accuracy = t.accuracy ? std::optional<double>(t.accuracy->value) : std::nullopt;
        table.addRow(
            {nameOf(change), grouped(t.macs), grouped(change.trial.footprint.flash.usedBytes),
             grouped(change.trial.footprint.sram.usedBytes), timeText(latencyOf(change, runtime)),
             wholePercent(t.agreement), decibelText(t.sqnrDb), wholePercent(accuracy)});
    }
    return table.text();
}

std::string outcomeText(const FitAttempt& attempt) {
    if (!attempt.problem.empty()) return attempt.problem;
    const bool isKnown = attempt.unknownReason.empty();
    if (attempt.excessBytes > 0)
        return (isKnown ? "" : "at least ") + grouped(attempt.excessBytes) + " bytes too much";
    return isKnown ? "fits" : "not known: " + attempt.unknownReason;
}

std::string attemptsText(const std::vector<FitAttempt>& attempts) {
    TextTable table({"tried", "outcome"});
    for (const FitAttempt& attempt : attempts)
        table.addRow({attempt.what, outcomeText(attempt)});
    return table.text();
}

}  // namespace

Json toJson(const search::FitSearch& search, Runtime runtime) {
    Json json = {{"runtime", runtime == Runtime::Netcaliper ? "own" : "tflm"},
                 {"changes", Json::array()},
                 {"attempts", Json::array()}};
    for (const FittingChange& change : search.changes)
        json["changes"].push_back(changeJson(change, runtime));
    for (const FitAttempt& attempt : search.attempts)
        json["attempts"].push_back(attemptJson(attempt));
    return json;
}

std::string searchText(const search::FitSearch& search, Runtime runtime) {
    const std::string name = runtime == Runtime::Netcaliper
                                 ? "With our own runtime (export --format c-library): "
                                 : "With TFLM: ";
    if (search.changes.empty()) {
        const FitAttempt& asItIs = search.attempts.front();
        const bool isUnknown = !asItIs.unknownReason.empty() && asItIs.excessBytes == 0;
        return name +
               (isUnknown ? "whether it fits is not known\n"
                          : "nothing that was tried makes it fit\n") +
               attemptsText(search.attempts);
    }
    const FittingChange& smallest = search.changes.front();
    const bool fitsAsItIs = search.attempts.size() == 1 && !smallest.trial.isReordered;
    return name + (fitsAsItIs ? "it fits as it is" : "the smallest change is " + nameOf(smallest)) +
           "\n  " + budgetText("flash", smallest.trial.footprint.flash) + "\n  " +
           budgetText("SRAM", smallest.trial.footprint.sram) + "\n" +
           changesText(search.changes, runtime) + attemptsText(search.attempts);
}

}  // namespace app
