// SPDX-License-Identifier: GPL-3.0-or-later
#include "device_output.h"

#include <cstdio>

#include "advice_output.h"
#include "json_output.h"
#include "studies/advise_layers.h"
#include "text_table.h"
#include "types/latency_basis.h"
#include "types/number_text.h"
#include "types/target.h"

namespace app {
namespace {

using namespace types;

constexpr size_t kFirstLayers = 10;

Json textOrNull(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json regionsJson(const DeviceProfile& device) {
    Json json = Json::array();
    for (const auto* list : {&device.regions, &device.otherRegions})
        for (const MemoryRegion& region : *list)
            json.push_back({{"name", region.name},
                            {"bytes", region.bytes},
                            {"use", nameOf(region.use)},
                            {"source", region.source}});
    return json;
}

Json latencyJson(const DeviceProfile& device) {
    Json bands = Json::object();
    for (const char* op : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"})
        if (const BandSpan span = bandsOf(device, op); span.greatest > 0)
            bands[op] = {{"least", span.least}, {"greatest", span.greatest}};
    return {{"basis", nameOf(basisOf(device))},    {"layers", measuredLayers(device)},
            {"text", basisText(device)},           {"relative_bands", std::move(bands)},
            {"ten_layers", tenLayersText(device)}, {"prior", priorFor(device)}};
}

/// "AXI SRAM, DTCM"
std::string regionNames(const DeviceProfile& device) {
    std::string text;
    for (const MemoryRegion& region : device.regions)
        text += (text.empty() ? "" : ", ") + region.name;
    return text;
}

std::string shortBasis(const DeviceProfile& device) {
    if (basisOf(device) != LatencyBasis::Layers) return nameOf(basisOf(device));
    return grouped(measuredLayers(device)) + " layers";
}

std::string runtimeText(const DeviceProfile& device) {
    return device.runtimeVersion.empty() ? device.runtime
                                         : device.runtime + ", " + device.runtimeVersion;
}

/// "64", "133", "62.5": without trailing zeros.
std::string clockText(const DeviceProfile& device) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", device.clockMhz);
    return text;
}

std::string memoryText(const DeviceProfile& device) {
    TextTable table({"memory", ">bytes", "for", "source"}, TextTable::kNoLimit);
    for (const auto* list : {&device.regions, &device.otherRegions})
        for (const MemoryRegion& region : *list)
            table.addRow({region.name, grouped(region.bytes), nameOf(region.use), region.source});
    if (device.regions.empty())
        table.addRow({"SRAM", grouped(device.sramBytes), "data", device.source});
    return table.text();
}

}  // namespace

Json deviceJson(const DeviceProfile& d) {
    return {{"id", d.id},
            {"name", d.name},
            {"vendor", textOrNull(d.vendor)},
            {"soc", d.soc},
            {"core", d.core},
            {"optimised_kernels", textOrNull(std::string(optimisedKernelsOf(d.core)))},
            {"runtime", d.runtime},
            {"runtime_version", textOrNull(d.runtimeVersion)},
            {"clock_mhz", d.clockMhz},
            {"clock_source", d.clockSource.empty() ? d.source : d.clockSource},
            {"flash_bytes", d.flashBytes},
            {"sram_bytes", d.sramBytes},
            {"regions", regionsJson(d)},
            {"latency", latencyJson(d)},
            {"source", d.source}};
}

Output listDevices(const std::vector<DevicePtr>& devices) {
    Output output;
    output.json["devices"] = Json::array();
    TextTable table({"id", "core", ">MHz", ">flash bytes", ">SRAM bytes", "RAM regions",
                     "latency from", "runtime"});
    for (const DevicePtr& d : devices) {
        output.json["devices"].push_back(deviceJson(*d));
        table.addRow({d->id, d->core, clockText(*d), grouped(d->flashBytes), grouped(d->sramBytes),
                      regionNames(*d), shortBasis(*d), runtimeText(*d)});
    }
    output.text = table.text();
    return output;
}

Output deviceOutput(const DeviceProfile& device, const DevicePtr& prior) {
    Output output{deviceJson(device), {}};
    const auto first = studies::firstLayers(device, prior, nullptr, kFirstLayers);
    output.json["measure_first"] = adviceJson(first);
    output.text = device.name + " (" + device.id + "): " + device.soc + ", " + device.core +
                  " at " + clockText(device) + " MHz\n" +
                  "clock: " + (device.clockSource.empty() ? device.source : device.clockSource) +
                  "\nruntime: " + runtimeText(device) + "\nlatency: " + basisText(device) + "\n";
    if (const std::string bands = bandsText(device); !bands.empty()) output.text += bands + "\n";
    output.text += "\n" + memoryText(device) + "\n" + tenLayersText(device) +
                   "\nImport them and run netcaliper-cli fit SESSION --device " + device.id +
                   " --prior " + priorFor(device) + " (in the window: page Calibrate).\n";
    output.text += adviceText("measure first on this board", first);
    return output;
}

}  // namespace app
