// SPDX-License-Identifier: GPL-3.0-or-later
// Writes one line per kernel row, so that two versions of a profile can be compared with diff.

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "bytes/write_file.h"
#include "cost/device_file.h"
#include "cost/json_fields.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::KernelCost;
using Json = nlohmann::ordered_json;

/// Six digits exceed the precision of any measurement.
constexpr int kDigits = 6;
/// Leverages are small differences of the entries of an inverse, where terms are almost alike.
constexpr int kInverseDigits = 11;

double rounded(double value, int digits = kDigits) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return std::stod(text);
}

/// JSON objects are read in the order of their names, so the matrix must use that order.
std::vector<size_t> orderByName(const KernelCost& row) {
    std::vector<size_t> order(row.terms.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return row.terms[a].term < row.terms[b].term; });
    return order;
}

Json kernelJson(const KernelCost& row) {
    const std::vector<size_t> order = orderByName(row);
    Json json = {{"kernel", row.kernel}, {"dtype", row.dtype}, {"cycles", Json::object()}};
    for (size_t i : order)
        json["cycles"][row.terms[i].term] = rounded(row.terms[i].cycles);
    json["relativeError"] = rounded(row.relativeError);
    for (size_t i = 0; i < row.termErrors.size(); ++i)
        json["termErrors"].push_back(rounded(row.termErrors[order[i]]));
    json["layers"] = row.layers;
    if (row.largest > 0) json["largest"] = rounded(row.largest);
    if (!row.loops.empty()) json["loops"] = row.loops;
    json["source"] = row.source;
    if (!row.fittedTo.empty()) json["fittedTo"] = row.fittedTo;
    if (row.inverse.empty()) return json;
    json["inverse"] = Json::array();
    for (size_t i = 0; i < order.size(); ++i)
        for (size_t j = 0; j <= i; ++j) {
            const size_t high = std::max(order[i], order[j]), low = std::min(order[i], order[j]);
            json["inverse"].push_back(
                rounded(row.inverse[high * (high + 1) / 2 + low], kInverseDigits));
        }
    return json;
}

Json modelBandJson(const types::ModelBand& band) {
    return {{"independent", rounded(band.independent)},
            {"common", rounded(band.common)},
            {"networks", band.networks},
            {"source", band.source}};
}

Json reservedJson(const std::vector<types::ReservedMemory>& lines) {
    Json json = Json::array();
    for (const types::ReservedMemory& line : lines)
        json.push_back({{"what", line.what}, {"bytes", line.bytes}, {"source", line.source}});
    return json;
}

Json regionJson(const types::MemoryRegion& region) {
    Json json = {{"name", region.name}, {"bytes", region.bytes}};
    if (region.use != types::RegionUse::Data) json["use"] = nameOf(region.use);
    json["source"] = region.source;
    return json;
}

/// Everything but the lists that get one line per entry.
Json headJson(const DeviceProfile& d) {
    Json json = {{"id", d.id},
                 {"name", d.name},
                 {"soc", d.soc},
                 {"core", d.core},
                 {"runtime", d.runtime},
                 {"clockMhz", d.clockMhz},
                 {"flashBytes", d.flashBytes},
                 {"sramBytes", d.sramBytes},
                 {"activePowerMw", rounded(d.activePowerMw)},
                 {"activePowerRelativeError", rounded(d.activePowerRelativeError)},
                 {"powerSource", d.powerSource},
                 {"source", d.source}};
    if (!d.vendor.empty()) json["vendor"] = d.vendor;
    if (!d.clockSource.empty()) json["clockSource"] = d.clockSource;
    if (!d.runtimeVersion.empty()) json["runtimeVersion"] = d.runtimeVersion;
    if (!d.modelBand.source.empty()) json["modelBand"] = modelBandJson(d.modelBand);
    if (d.sleepPowerMw > 0) json["sleepPowerMw"] = rounded(d.sleepPowerMw);
    return json;
}

std::string listText(const std::string& name, const Json& entries) {
    std::string text = "  \"" + name + "\": [";
    for (size_t i = 0; i < entries.size(); ++i)
        text += (i > 0 ? ",\n    " : "\n    ") + entries[i].dump();
    return text + (entries.empty() ? "]" : "\n  ]");
}

}  // namespace

std::string deviceText(const DeviceProfile& device) {
    std::string text = "{\n";
    const Json head = headJson(device);
    for (const auto& member : head.items())
        text += "  \"" + member.key() + "\": " + member.value().dump() + ",\n";
    Json kernels = Json::array(), power = Json::array(), regions = Json::array();
    for (const KernelCost& row : device.kernels)
        kernels.push_back(kernelJson(row));
    for (const types::PowerCost& p : device.power)
        power.push_back({{"op", p.op},
                         {"dtype", p.dtype},
                         {"milliwatts", rounded(p.milliwatts)},
                         {"relativeError", rounded(p.relativeError)},
                         {"source", p.source}});
    for (const auto* list : {&device.regions, &device.otherRegions})
        for (const types::MemoryRegion& region : *list)
            regions.push_back(regionJson(region));
    text += listText("reservedFlash", reservedJson(device.reservedFlash)) + ",\n";
    text += listText("reservedSram", reservedJson(device.reservedSram)) + ",\n";
    if (!regions.empty()) text += listText("regions", regions) + ",\n";
    if (!power.empty()) text += listText("power", power) + ",\n";
    return text + listText("kernels", kernels) + "\n}\n";
}

types::Result<void> writeDeviceFile(const DeviceProfile& device,
                                    const std::filesystem::path& file) {
    return bytes::writeFile(file, deviceText(device));
}

}  // namespace cost
