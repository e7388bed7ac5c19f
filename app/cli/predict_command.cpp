// SPDX-License-Identifier: GPL-3.0-or-later
// predict: prints latency and energy on a device; for measured layers, of a table or of sessions,
// how far the profile is off.

#include <algorithm>
#include <iterator>

#include "chosen_kernels.h"
#include "command_context.h"
#include "cost/power.h"
#include "cost/predict.h"
#include "cost/tflm/kernel_library.h"
#include "errors_output.h"
#include "footprint/footprint.h"
#include "json_output.h"
#include "progress_line.h"
#include "session_models.h"
#include "studies/check_profile.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct PredictFlags : ModelFlags {
    SessionFlags measured;
    std::string device;
    ChosenKernels kernels;
    std::vector<std::string> tables, conditions;
    bool unseenOnly = false;
    DutyCycle duty;
};

Json valueOf(const std::optional<Estimate>& estimate) {
    return estimate ? toJson(estimate->value) : Json();
}

Json bandOf(const std::optional<Estimate>& estimate) {
    if (!estimate) return Json();
    return Json{{"low", estimate->low}, {"high", estimate->high}};
}

/// Average power and battery life at one inference per period.
void addDuty(const DutyCost& cost, Output& output) {
    const auto& [duty, share, power, hours] = cost;
    output.json["duty"] = {{"period_ms", duty.periodMs},
                           {"sleep_power_mw", duty.sleepPowerMw},
                           {"average_power_mw", valueOf(power)},
                           {"average_power_band_mw", bandOf(power)},
                           {"active_share", share ? Json(std::min(1.0, share->value)) : Json()},
                           {"battery_hours", valueOf(hours)},
                           {"battery_band_hours", bandOf(hours)},
                           {"keeps_up", share ? Json(cost.keepsUp()) : Json()}};
    output.text += "every " + grouped(static_cast<int64_t>(duty.periodMs)) + " ms: ";
    output.text += power ? grouped(static_cast<int64_t>(power->value * 1e3)) + " uW on average"
                         : "average power unknown";
    if (!cost.keepsUp()) output.text += ", slower than the period";
    if (hours) output.text += ", " + grouped(static_cast<int64_t>(hours->value)) + " hours";
    if (duty.sleepPowerMw <= 0) output.text += ", sleep power unknown and counted as none";
    output.text += "\n";
}

/// The measured layers of the tables and the sessions.
Result<std::vector<studies::MeasuredLayer>> measuredLayers(const PredictFlags& flags,
                                                           double clockMhz) {
    std::vector<studies::MeasuredLayer> layers;
    const auto add = [&layers](std::vector<studies::MeasuredLayer> more) {
        std::move(more.begin(), more.end(), std::back_inserter(layers));
    };
    const auto filter = cost::rowFilterOf(flags.conditions);
    if (!filter) return tl::unexpected(filter.error());
    for (const std::string& table : flags.tables) {
        auto lines = studies::layersOf(table, *filter, clockMhz);
        if (!lines) return tl::unexpected(lines.error());
        add(std::move(*lines));
    }
    SessionFlags sessions = flags.measured;
    if (!flags.path.empty()) sessions.models = {flags.path};
    const auto measured = readMeasured(sessions);
    if (!measured) return tl::unexpected(measured.error());
    for (const auto& [session, graph] : *measured)
        add(studies::layersOf(session, graph.get()));
    return layers;
}

Result<Output> check(const PredictFlags& flags, const DevicePtr& device) {
    auto layers = measuredLayers(flags, device->clockMhz);
    if (!layers) return tl::unexpected(layers.error());
    const auto checked = [&] {
        ProgressLine line;
        return studies::checkProfile({device, std::move(*layers), flags.unseenOnly}, line.work());
    }();
    if (!checked) return tl::unexpected(checked.error());
    Output output;
    output.json = {{"device", device->id}, {"source", device->source}};
    output.json.update(checkJson(*checked));
    output.text = checkText(*checked);
    return output;
}

/// Arena and fit with the kernels that --kernels names.
void addMemory(const Graph& graph, const DeviceProfile& device, Output& output) {
    const auto need = footprint::of(graph, device, Runtime::Tflm);
    if (!need) return;
    if (const auto library = cost::libraryOf(device)) output.json["kernels"] = nameOf(*library);
    output.json["fits"] = Json::object();
    addVerdict(output.json["fits"], "flash", need->flash);
    addVerdict(output.json["fits"], "sram", need->sram);
    const auto known = [](const Budget& budget) {
        return budget.isKnown() ? Json(budget.usedBytes) : Json();
    };
    output.json["flash_bytes"] = known(need->flash);
    output.json["sram_bytes"] = known(need->sram);
    const std::string fit = need->verdict() == Verdict::Unknown
                                ? "fit not known: " + need->unknownReason()
                            : need->fits() ? "fits"
                                           : "does not fit";
    output.text += fit + ": flash " + grouped(need->flash.usedBytes) + ", SRAM " +
                   grouped(need->sram.usedBytes) + " bytes\n";
}

Result<Output> predict(const PredictFlags& flags) {
    const auto found = findDevice(flags.device);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail("no board", "--device", "name a device or a device file");
    std::string gap;
    const auto device = flags.kernels.applied(*found, gap);
    if (!device) return tl::unexpected(device.error());
    if (!flags.tables.empty() || !flags.measured.sessions.empty()) return check(flags, *device);
    const auto graph = flags.open();
    if (!graph) return tl::unexpected(graph.error());
    cost::Prediction prediction = cost::Predictor(*device).predict(**graph);
    if (!gap.empty()) prediction.latencyGap = prediction.energyGap = gap;
    const auto& ops = prediction.ops;
    Json layers = Json::array();
    TextTable table({">#", "op", ">latency", ">energy", "from"});
    for (size_t i = 0; i < ops.size(); ++i) {
        const std::string op = (*graph)->ops[i].name();
        layers.push_back({{"index", i},
                          {"op", op},
                          {"latency_us", valueOf(ops[i].latencyUs)},
                          {"latency_band_us", bandOf(ops[i].latencyUs)},
                          {"energy_uj", valueOf(ops[i].energyUj)},
                          {"measured", ops[i].measured},
                          {"source", ops[i].source}});
        table.addRow({std::to_string(i), op, timeText(ops[i].latencyUs),
                      energyText(ops[i].energyUj), ops[i].source});
    }
    const auto &latency = prediction.latencyUs, &energy = prediction.energyUj;
    Output output;
    output.json = {{"device", (*device)->id},
                   {"latency_us", valueOf(latency)},
                   {"latency_band_us", bandOf(latency)},
                   {"energy_uj", valueOf(energy)},
                   {"energy_band_uj", bandOf(energy)},
                   {"source", (*device)->source},
                   {"layers", std::move(layers)}};
    if (!latency) output.json["latency_us_reason"] = prediction.latencyGap;
    if (!energy) output.json["energy_uj_reason"] = prediction.energyGap;
    output.text = (*device)->name + ", " + (*device)->runtime + ": " +
                  (latency ? timeText(latency) + ", " + energyText(energy) + " (predicted)"
                           : "latency unknown: " + prediction.latencyGap) +
                  "\n" + table.text();
    if (!flags.kernels.text.empty()) addMemory(**graph, **device, output);
    if (flags.duty.periodMs > 0)
        addDuty(cost::dutyCost(flags.duty, **device, latency, energy), output);
    return output;
}

}  // namespace

void addPredict(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PredictFlags>();
    CLI::App* command = addCommand(app, context, "predict", "Predict latency and energy",
                                   [flags] { return predict(*flags); });
    command->add_option("--device", flags->device, "Device id or device file")->required();
    flags->kernels.addTo(*command);
    auto* what = command->add_option_group("Layers");
    flags->addTo(*what)->description("A .tflite or .onnx file; with --session the measured one");
    what->add_option("--table", flags->tables,
                     "Measured layers as a CSV table: predict each and report the errors");
    auto* sessions = what->add_option("--session", flags->measured.sessions,
                                      "Measured sessions: likewise, for each of their layers");
    sessions->needs(
        command->add_option("--db", flags->measured.database, "Project file of the sessions"));
    what->require_option(1, 0);
    command->add_option("--where", flags->conditions, "Lines of the table to use: COLUMN=TEXT");
    command->add_flag("--unseen", flags->unseenOnly,
                      "Errors of those layers only that the profile was not fitted to");
    const CLI::Range sensible(0.0, 1e9);
    command->add_option("--period-ms", flags->duty.periodMs, "One inference every so often")
        ->check(sensible);
    command->add_option("--sleep-mw", flags->duty.sleepPowerMw, "Power between inferences")
        ->check(sensible);
    command->add_option("--battery-mwh", flags->duty.batteryMwh, "Energy of the battery")
        ->check(sensible);
}

}  // namespace app
