// SPDX-License-Identifier: GPL-3.0-or-later
// sensitivity: changes one layer at a time and prints the effect on the outputs.

#include "search/sensitivity_scan.h"

#include "command_context.h"
#include "dataset_flags.h"
#include "json_output.h"
#include "progress_line.h"
#include "quality_output.h"
#include "text_table.h"
#include "variation_flags.h"

namespace app {
namespace {

using namespace types;

struct SensitivityFlags : ModelFlags {
    std::string device;
    DatasetFlags data;
    search::SensitivityOptions options;
};

Json rowJson(const LayerSensitivity& row) {
    const auto precision = row.change.precision;
    return {{"op", row.op},
            {"layer", row.layer},
            {"change", row.label},
            {"precision", precision ? Json(precisionName(*precision)) : Json()},
            {"pruned_channels", toJson(row.change.pruneChannels)},
            {"differs", row.differs},
            {"sqnr_db", toJson(row.sqnrDb)},
            {"agreement", toJson(row.agreement)},
            {"accuracy_loss", toJson(row.accuracyLoss)},
            {"saved_flash_bytes", row.savedFlashBytes},
            {"saved_macs", row.savedMacs},
            {"saved_latency_us", toJson(row.savedLatencyUs)},
            {"problem", row.problem.empty() ? Json() : Json(row.problem)}};
}

Json scanJson(const SensitivityScan& scan) {
    Json rows = Json::array();
    for (const LayerSensitivity& row : scan.rows)
        rows.push_back(rowJson(row));
    return {{"samples", scan.samples},
            {"samples_source", scan.source},
            {"original_accuracy", intervalJson(scan.originalAccuracy)},
            {"layers", std::move(rows)}};
}

std::string decimal(const char* format, const std::optional<double>& value, double factor = 1) {
    if (!value) return "-";
    char text[32];
    std::snprintf(text, sizeof text, format, *value * factor);
    return text;
}

std::string sqnrText(const LayerSensitivity& row) {
    return row.differs ? decimal("%.1f", row.sqnrDb) : "no change";
}

std::string scanText(const SensitivityScan& scan) {
    std::string text = "One change at a time, on " + scan.source + "; most sensitive first. What " +
                       "keeping a layer costs is what the change would save.\n";
    TextTable table({"layer", "change", ">SQNR dB", ">agrees %", ">accuracy lost", ">saves bytes",
                     ">saves MACs", ">saves us"});
    std::string problems;
    for (const LayerSensitivity& row : scan.rows) {
        if (!row.problem.empty()) {
            problems += "not tried: " + row.layer + " " + row.label + ": " + row.problem + "\n";
            continue;
        }
        table.addRow({row.layer, row.label, sqnrText(row), decimal("%.1f", row.agreement, 100),
                      decimal("%.1f", row.accuracyLoss, 100), grouped(row.savedFlashBytes),
                      grouped(row.savedMacs), decimal("%.1f", row.savedLatencyUs)});
    }
    return text + table.text() + problems;
}

Result<Output> scan(const SensitivityFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    const auto use = flags.data.read();
    if (!use) return tl::unexpected(use.error());
    search::SensitivityOptions options = flags.options;
    options.device = *device;
    ProgressLine line;
    const auto scanned = search::scanSensitivity(*graph, use->dataset, options, line.work());
    if (!scanned) return tl::unexpected(scanned.error());
    return Output{scanJson(*scanned), scanText(*scanned)};
}

}  // namespace

void addSensitivity(CLI::App& app, Context& context) {
    auto flags = std::make_shared<SensitivityFlags>();
    CLI::App* command =
        addCommand(app, context, "sensitivity",
                   "Change each layer alone, to each precision and by pruning, and rank the damage",
                   [flags] { return scan(*flags); });
    flags->addTo(*command)->required();
    flags->data.addEvaluationTo(*command);
    command->add_option("--device", flags->device, "Device id or file, for the latency saved");
    command
        ->add_option("--samples", flags->options.samples,
                     "At most that many samples of the dataset, or random inputs")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command
        ->add_option("--prune", flags->options.pruneShare,
                     "Share of a layer's channels that pruning removes, 0 leaves pruning out")
        ->check(within(kShareLimits, "FLOAT"))
        ->capture_default_str();
}

}  // namespace app
