// SPDX-License-Identifier: GPL-3.0-or-later
// compare: two sessions side by side, with the significant differences.

#include <algorithm>
#include <cmath>

#include "command_context.h"
#include "evidence/evidence_package.h"
#include "json_output.h"
#include "statistics/compare_sessions.h"
#include "store/session_table.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct CompareFlags {
    std::string baseline, candidate, database;
    double minimumEffectPercent = 1, confidencePercent = 95;
    bool force = false;
};

constexpr size_t kMaxRepeats = 20;

/// Other sessions under the conditions of one of the two, for the noise between sessions.
Result<std::vector<SessionPtr>> repeatsOf(const store::ProjectFile& file, const Session& baseline,
                                          const Session& candidate) {
    const auto entries = store::listSessions(file);
    if (!entries) return tl::unexpected(entries.error());
    std::vector<SessionPtr> repeats;
    for (const store::SessionEntry& entry : *entries) {
        const bool isPair = entry.id == baseline.id || entry.id == candidate.id;
        const bool fits =
            entry.conditions == baseline.conditions || entry.conditions == candidate.conditions;
        if (isPair || !fits || repeats.size() == kMaxRepeats) continue;
        auto session = store::readSession(file, entry.id);
        if (!session) return tl::unexpected(session.error());
        repeats.push_back(std::make_shared<const Session>(std::move(*session)));
    }
    return repeats;
}

Json finite(double number) {
    return std::isfinite(number) ? Json(number) : Json();
}

Json rowJson(const ComparedRow& row) {
    return {{"key", row.key},
            {"index", row.layer ? Json(*row.layer) : Json()},
            {"unit", unitOf(row.quantity)},
            {"baseline", row.baseline},
            {"candidate", row.candidate},
            {"difference", row.difference},
            {"ratio", row.baseline == 0 ? Json() : Json(row.candidate / row.baseline)},
            {"difference_percent", finite(row.percent)},
            {"ci_low_percent", finite(row.lowPercent)},
            {"ci_high_percent", finite(row.highPercent)},
            {"significant", row.significant},
            {"baseline_samples", row.baselineSamples},
            {"candidate_samples", row.candidateSamples},
            {"note", row.note.empty() ? Json() : Json(row.note)}};
}

Json rowsJson(const std::vector<ComparedRow>& rows) {
    Json json = Json::array();
    for (const ComparedRow& row : rows)
        json.push_back(rowJson(row));
    return json;
}

/// The row of the whole inference; where none was measured, the sum of the layers.
Json totalJson(const SessionComparison& comparison) {
    for (const auto* rows : {&comparison.totals, &comparison.others})
        for (const ComparedRow& row : *rows)
            if (row.key == kWhole) return rowJson(row);
    return comparison.totals.empty() ? Json() : rowJson(comparison.totals.front());
}

Json comparisonJson(const SessionComparison& comparison) {
    return {{"baseline", comparison.baseline},
            {"candidate", comparison.candidate},
            {"layers", rowsJson(comparison.layers)},
            {"total", totalJson(comparison)},
            {"totals", rowsJson(comparison.totals)},
            {"others", rowsJson(comparison.others)},
            {"unmatched", comparison.unmatched},
            {"different_conditions", comparison.conditions},
            {"warnings", comparison.warnings},
            {"minimum_effect_percent", comparison.minimumEffectPercent},
            {"confidence", comparison.confidence}};
}

std::string formatted(const char* format, double number) {
    char text[48];
    std::snprintf(text, sizeof text, format, number);
    return std::isfinite(number) ? text : "?";
}

/// Counts are printed completely, as far as a double is exact.
std::string valueText(const ComparedRow& row, double value) {
    const bool isCounted = row.quantity == Quantity::Instructions ||
                           row.quantity == Quantity::Count || row.quantity == Quantity::Bytes;
    const bool isWhole = isCounted && std::abs(value) < 0x1p53;
    return isWhole ? grouped(std::llround(value)) : formatted("%.5g", value);
}

std::string ratioText(const ComparedRow& row) {
    return row.baseline == 0 ? "?" : formatted("%.3f", row.candidate / row.baseline);
}

/// Parts of a layer (loads, MACs) are only in the JSON.
bool isPart(const ComparedRow& row) {
    return row.layer && row.quantity == Quantity::Count;
}

void addRows(TextTable& table, const std::vector<ComparedRow>& rows) {
    for (const ComparedRow& row : rows)
        if (!isPart(row))
            table.addRow({row.key, valueText(row, row.baseline), valueText(row, row.candidate),
                          (row.difference > 0 ? "+" : "") + valueText(row, row.difference),
                          unitOf(row.quantity), ratioText(row), formatted("%+.2f", row.percent),
                          "[" + formatted("%+.2f", row.lowPercent) + ", " +
                              formatted("%+.2f", row.highPercent) + "]",
                          row.significant ? "yes" : "no", row.note});
}

std::string comparisonText(const SessionComparison& comparison) {
    TextTable table({"", ">" + comparison.baseline, ">" + comparison.candidate, ">difference",
                     "unit", ">ratio", ">%", ">interval", "significant", ""});
    addRows(table, comparison.layers);
    addRows(table, comparison.totals);
    addRows(table, comparison.others);
    std::string text = table.text();
    const auto list = [&](const char* title, const std::vector<std::string>& lines) {
        for (const std::string& line : lines)
            text += title + line + "\n";
    };
    list("not matched: ", comparison.unmatched);
    list("different condition: ", comparison.conditions);
    list("note: ", comparison.warnings);
    return text + "A difference is significant from " +
           formatted("%g", comparison.minimumEffectPercent) + " % on, at " +
           formatted("%g", 100 * comparison.confidence) + " % confidence for all rows together.\n";
}

/// A session of the project file, or the one in an evidence package, which is checked.
Result<Session> sessionNamed(const std::string& name, const store::ProjectFile* file) {
    if (evidence::isPackage(name)) {
        auto package = evidence::readPackage(name);
        if (!package) return tl::unexpected(package.error());
        return std::move(package->session);
    }
    if (file == nullptr) return fail("no project file is given", name, "add --db FILE");
    return store::readSession(*file, name);
}

Result<Output> compare(const CompareFlags& flags) {
    std::optional<store::ProjectFile> file;
    if (!flags.database.empty()) {
        auto opened = store::ProjectFile::open(flags.database);
        if (!opened) return tl::unexpected(opened.error());
        file = std::move(*opened);
    }
    const auto baseline = sessionNamed(flags.baseline, file ? &*file : nullptr);
    if (!baseline) return tl::unexpected(baseline.error());
    const auto candidate = sessionNamed(flags.candidate, file ? &*file : nullptr);
    if (!candidate) return tl::unexpected(candidate.error());
    Result<std::vector<SessionPtr>> repeats;
    if (file) repeats = repeatsOf(*file, *baseline, *candidate);
    if (!repeats) return tl::unexpected(repeats.error());

    statistics::CompareOptions options;
    options.acceptOtherConditions = flags.force;
    options.minimumEffect = flags.minimumEffectPercent / 100;
    options.confidence = flags.confidencePercent / 100;
    options.repeats = *repeats;
    auto comparison = statistics::compareSessions(*baseline, *candidate, options);
    if (!comparison) {
        Error error = comparison.error();
        if (!flags.force) error.remedy += " (--force)";
        return tl::unexpected(error);
    }
    return Output{comparisonJson(*comparison), comparisonText(*comparison)};
}

}  // namespace

void addCompare(CLI::App& app, Context& context) {
    auto flags = std::make_shared<CompareFlags>();
    CLI::App* command = addCommand(app, context, "compare", "Two sessions, and what differs",
                                   [flags] { return compare(*flags); });
    command
        ->add_option("A", flags->baseline, "Name of the baseline session, or an evidence package")
        ->required();
    command
        ->add_option("B", flags->candidate, "Name of the candidate session, or an evidence package")
        ->required();
    command->add_option("--db", flags->database, "Project file of the named sessions");
    command->add_flag("--force,--override", flags->force, "Although conditions differ");
    command
        ->add_option("--min-effect", flags->minimumEffectPercent,
                     "Per cent; smaller differences do not matter")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    command->add_option("--confidence", flags->confidencePercent, "Per cent")
        ->check(CLI::Range(50.0, 99.99))
        ->capture_default_str();
}

}  // namespace app
