// SPDX-License-Identifier: GPL-3.0-or-later
// predict: latency and energy on a device, nothing else.

#include "command_context.h"
#include "cost/predict.h"
#include "json_output.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

struct PredictFlags {
    std::string path, device;
};

Json valueOf(const std::optional<Estimate>& estimate) {
    return estimate ? toJson(estimate->value) : Json();
}

Json bandOf(const std::optional<Estimate>& estimate) {
    if (!estimate) return Json();
    return Json{{"low", estimate->low}, {"high", estimate->high}};
}

Result<Output> predict(const PredictFlags& flags) {
    const auto device = findDevice(flags.device);
    if (!device) return tl::unexpected(device.error());
    const auto graph = openModel(flags.path);
    if (!graph) return tl::unexpected(graph.error());
    const auto ops = cost::predictOps(**graph, **device);
    std::vector<std::optional<Estimate>> latencies, energies;
    Json layers = Json::array();
    TextTable table({">#", "op", ">latency", ">energy", "from"});
    for (size_t i = 0; i < ops.size(); ++i) {
        latencies.push_back(ops[i].latencyUs);
        energies.push_back(ops[i].energyUj);
        const std::string op = (*graph)->ops[i].name();
        layers.push_back({{"index", i},
                          {"op", op},
                          {"latency_us", valueOf(ops[i].latencyUs)},
                          {"energy_uj", valueOf(ops[i].energyUj)},
                          {"source", ops[i].source}});
        table.addRow({std::to_string(i), op, timeText(ops[i].latencyUs),
                      energyText(ops[i].energyUj), ops[i].source});
    }
    const auto latency = cost::sum(latencies), energy = cost::sum(energies);
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
    return output;
}

}  // namespace

void addPredict(CLI::App& app, Context& context) {
    auto flags = std::make_shared<PredictFlags>();
    CLI::App* command = addCommand(app, context, "predict", "Predict latency and energy",
                                   [flags] { return predict(*flags); });
    command->add_option("MODEL", flags->path, "A .tflite file")->required();
    command->add_option("--device", flags->device, "Device id or device file")->required();
}

}  // namespace app
