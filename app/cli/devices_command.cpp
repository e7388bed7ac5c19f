// SPDX-License-Identifier: GPL-3.0-or-later
// devices: the boards that are known.

#include "command_context.h"
#include "text_table.h"

namespace app {
namespace {

using namespace types;

Result<Output> listDevices() {
    const auto devices = allDevices();
    if (!devices) return tl::unexpected(devices.error());
    Output output;
    output.json["devices"] = Json::array();
    TextTable table({"id", "name", "core", ">MHz", ">flash bytes", ">SRAM bytes", "runtime"});
    for (const DevicePtr& d : *devices) {
        output.json["devices"].push_back({{"id", d->id},
                                          {"name", d->name},
                                          {"soc", d->soc},
                                          {"core", d->core},
                                          {"runtime", d->runtime},
                                          {"clock_mhz", d->clockMhz},
                                          {"flash_bytes", d->flashBytes},
                                          {"sram_bytes", d->sramBytes},
                                          {"source", d->source}});
        table.addRow({d->id, d->name, d->core, grouped(static_cast<int64_t>(d->clockMhz)),
                      grouped(d->flashBytes), grouped(d->sramBytes), d->runtime});
    }
    output.text = table.text();
    return output;
}

}  // namespace

void addDevices(CLI::App& app, Context& context) {
    addCommand(app, context, "devices", "List device profiles", [] { return listDevices(); });
}

}  // namespace app
