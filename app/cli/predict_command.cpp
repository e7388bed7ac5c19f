// SPDX-License-Identifier: GPL-3.0-or-later
// predict: prints latency and energy on a device.

#include <algorithm>

#include "command_context.h"
#include "cost/power.h"
#include "cost/predict.h"
#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct PredictFlags {
    std::string path, device;
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

Result<Output> predict(const PredictFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    const cost::Prediction prediction = cost::Predictor(*device).predict(**graph);
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
    if (flags.duty.periodMs > 0)
        addDuty(cost::dutyCost(flags.duty, **device, latency, energy), output);
    return output;
}

}  // namespace

void addPredict(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PredictFlags>();
    CLI::App* command = addCommand(app, context, "predict", "Predict latency and energy",
                                   [flags] { return predict(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command->add_option("--device", flags->device, "Device id or device file")->required();
    const CLI::Range sensible(0.0, 1e9);
    command->add_option("--period-ms", flags->duty.periodMs, "One inference every so often")
        ->check(sensible);
    command->add_option("--sleep-mw", flags->duty.sleepPowerMw, "Power between inferences")
        ->check(sensible);
    command->add_option("--battery-mwh", flags->duty.batteryMwh, "Energy of the battery")
        ->check(sensible);
}

}  // namespace app
