// SPDX-License-Identifier: GPL-3.0-or-later
// devices: the boards that are known; with a model, which of them it fits and how fast it is there.

#include "command_context.h"
#include "cost/board_search.h"
#include "cost/tflm_arena.h"
#include "json_output.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "text_table.h"
#include "tflite/write.h"

namespace app {
namespace {

using namespace types;

Json deviceJson(const DeviceProfile& d) {
    Json json = {{"id", d.id},
                 {"name", d.name},
                 {"soc", d.soc},
                 {"core", d.core},
                 {"runtime", d.runtime},
                 {"clock_mhz", d.clockMhz},
                 {"flash_bytes", d.flashBytes},
                 {"sram_bytes", d.sramBytes},
                 {"source", d.source}};
    for (const MemoryRegion& region : d.regions)
        json["regions"].push_back({{"name", region.name}, {"bytes", region.bytes}});
    return json;
}

Output listDevices(const std::vector<DevicePtr>& devices) {
    Output output;
    output.json["devices"] = Json::array();
    TextTable table({"id", "name", "core", ">MHz", ">flash bytes", ">SRAM bytes", "runtime"});
    for (const DevicePtr& d : devices) {
        output.json["devices"].push_back(deviceJson(*d));
        table.addRow({d->id, d->name, d->core, grouped(static_cast<int64_t>(d->clockMhz)),
                      grouped(d->flashBytes), grouped(d->sramBytes), d->runtime});
    }
    output.text = table.text();
    return output;
}

/// "fits", or what is too much.
std::string verdictOf(const cost::BoardMatch& match) {
    std::string text;
    if (match.flashExcess() > 0) text = "flash " + grouped(match.flashExcess()) + " too much";
    if (match.sramExcess() > 0)
        text += (text.empty() ? "SRAM " : ", SRAM ") + grouped(match.sramExcess()) + " too much";
    return text.empty() ? "fits" : text;
}

Json estimateJson(const std::optional<Estimate>& estimate) {
    return estimate ? Json(estimate->value) : Json();
}

Json matchJson(const cost::BoardMatch& match) {
    Json json = deviceJson(*match.device);
    json["fits"] = {{"flash", match.flash.fits()}, {"sram", match.sram.fits()}};
    json["flash_excess_bytes"] = match.flashExcess();
    json["sram_excess_bytes"] = match.sramExcess();
    json["latency_us"] = estimateJson(match.latencyUs);
    json["energy_uj"] = estimateJson(match.energyUj);
    return json;
}

Result<Output> matchDevices(const std::string& path, const std::vector<DevicePtr>& devices) {
    const auto graph = openModel(path);
    if (!graph) return tl::unexpected(graph.error());
    const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
    const cost::MemoryNeed need{static_cast<int64_t>(tflite::writeBytes(**graph).size()),
                                cost::tflmArenaCortexM(**graph, plan)};
    Output output;
    output.json["devices"] = Json::array();
    TextTable table({"board", "core", ">latency", ">energy", "memory"});
    for (const cost::BoardMatch& match : cost::matchBoards(**graph, need, devices)) {
        output.json["devices"].push_back(matchJson(match));
        table.addRow({match.device->id, match.device->core, timeText(match.latencyUs),
                      energyText(match.energyUj), verdictOf(match)});
    }
    output.text = table.text();
    return output;
}

Result<Output> devicesFor(const std::string& model) {
    const auto devices = allDevices();
    if (!devices) return tl::unexpected(devices.error());
    return model.empty() ? listDevices(*devices) : matchDevices(model, *devices);
}

}  // namespace

void addDevices(CLI::App& app, Context& context) {
    auto model = std::make_shared<std::string>();
    CLI::App* command = addCommand(app, context, "devices", "List device profiles",
                                   [model] { return devicesFor(*model); });
    command->add_option("MODEL", *model, "Show which boards this .tflite fits, and how fast");
}

}  // namespace app
