// SPDX-License-Identifier: GPL-3.0-or-later
// predict: latency and energy on a device, nothing else.

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
    cost::DutyCycle duty{0, 0, 0};
};

Json valueOf(const std::optional<Estimate>& estimate) {
    return estimate ? toJson(estimate->value) : Json();
}

Json bandOf(const std::optional<Estimate>& estimate) {
    if (!estimate) return Json();
    return Json{{"low", estimate->low}, {"high", estimate->high}};
}

/// Average power and battery life at one inference a period.
void addDuty(const PredictFlags& flags, const DeviceProfile& device,
             const cost::Prediction& prediction, Output& output) {
    cost::DutyCycle duty = flags.duty;
    if (duty.sleepPowerMw <= 0) duty.sleepPowerMw = device.sleepPowerMw;
    const cost::DutyCost cost =
        cost::dutyCost(duty, prediction.latencyUs->value, prediction.energyUj->value);
    output.json["duty"] = {
        {"period_ms", duty.periodMs},
        {"sleep_power_mw", duty.sleepPowerMw},
        {"average_power_mw", cost.averagePowerMw},
        {"active_share", cost.activeShare},
        {"battery_hours", cost.batteryHours > 0 ? Json(cost.batteryHours) : Json()},
        {"keeps_up", cost.keepsUp}};
    output.text +=
        "every " + grouped(static_cast<int64_t>(duty.periodMs)) +
        " ms: " + grouped(static_cast<int64_t>(cost.averagePowerMw * 1e3)) + " uW on average" +
        (cost.keepsUp ? "" : ", slower than the period") +
        (cost.batteryHours > 0 ? ", " + grouped(static_cast<int64_t>(cost.batteryHours)) + " hours"
                               : std::string()) +
        "\n";
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
    output.text = (*device)->name + ", " + (*device)->runtime + ": " + timeText(latency) + ", " +
                  energyText(energy) + " (predicted)\n" + table.text();
    if (flags.duty.periodMs > 0 && latency && energy) addDuty(flags, **device, prediction, output);
    return output;
}

}  // namespace

void addPredict(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PredictFlags>();
    CLI::App* command = addCommand(app, context, "predict", "Predict latency and energy",
                                   [flags] { return predict(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command->add_option("--device", flags->device, "Device id or device file")->required();
    command->add_option("--period-ms", flags->duty.periodMs, "One inference every so often");
    command->add_option("--sleep-mw", flags->duty.sleepPowerMw, "Power between inferences");
    command->add_option("--battery-mwh", flags->duty.batteryMwh, "Energy of the battery");
}

}  // namespace app
