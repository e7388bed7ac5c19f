// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/device_file.h"

#include <algorithm>
#include <fstream>
#include <limits>

#include "cost/cost_row.h"
#include "cost/json_fields.h"
#include "types/data_type.h"
#include "types/op_kind.h"

namespace cost {
namespace {

using types::DeviceProfile;
using types::fail;
using types::KernelCost;

constexpr double kMaxClockMhz = 10'000;
constexpr int64_t kMaxMemoryBytes = int64_t{1} << 40;
constexpr double kMaxPowerMw = 1e6;
constexpr int64_t kMaxLayers = 1'000'000;
constexpr double kMaxRelativeError = 10;
constexpr double kMaxCycles = 1e15;

bool isKernelName(const std::string& kernel) {
    const std::string op = kernel.substr(0, kernel.find('/'));
    if (kernel == "*" || kernel == "instruction") return true;
    for (int32_t kind = 0; kind < types::kOpKindCount; ++kind)
        if (types::opName(static_cast<types::OpKind>(kind)) == op) return true;
    return false;
}

bool isTypeName(const std::string& type) {
    if (type == "*") return true;
    for (int code = 0; code < types::kDataTypeCount; ++code)
        if (types::dataTypeName(static_cast<types::DataType>(code)) == type) return true;
    return false;
}

std::vector<types::ReservedMemory> readReserved(JsonFields& device, const std::string& name) {
    std::vector<types::ReservedMemory> lines;
    for (JsonFields& fields : device.objects(name)) {
        lines.push_back({fields.text("what"), fields.integer("bytes", 0, kMaxMemoryBytes),
                         fields.text("source")});
        fields.finish();
    }
    return lines;
}

/// Ascending, so that a layer is found by bisection.
std::vector<uint32_t> readFingerprints(JsonFields& fields) {
    std::vector<uint32_t> fingerprints;
    for (int64_t each : fields.integersOr("fittedTo", 0, std::numeric_limits<uint32_t>::max()))
        fingerprints.push_back(static_cast<uint32_t>(each));
    std::sort(fingerprints.begin(), fingerprints.end());
    return fingerprints;
}

KernelCost readKernel(JsonFields& fields) {
    KernelCost row;
    row.kernel = fields.text("kernel");
    row.dtype = fields.text("dtype");
    for (auto& [term, cycles] : fields.numbersByName("cycles"))
        row.terms.push_back({term, cycles});
    row.inverse = fields.numbersOr("inverse");
    row.relativeError = fields.number("relativeError", 0, kMaxRelativeError);
    row.termErrors = fields.numbersOr("termErrors");
    row.largest = fields.numberOr("largest", 0, 0, kMaxCycles);
    row.loops = fields.textOr("loops");
    row.layers = static_cast<int32_t>(fields.integerOr("layers", 0, 0, kMaxLayers));
    row.source = fields.text("source");
    row.fittedTo = readFingerprints(fields);
    fields.finish();
    return row;
}

/// The default where the member is absent.
types::ModelBand readModelBand(JsonFields& device) {
    types::ModelBand band;
    std::optional<JsonFields> fields = device.objectOr("modelBand");
    if (!fields) return band;
    band.independent = fields->number("independent", 0, kMaxRelativeError);
    band.common = fields->number("common", 0, kMaxRelativeError);
    band.networks = static_cast<int32_t>(fields->integer("networks", 0, kMaxLayers));
    band.source = fields->text("source");
    fields->finish();
    return band;
}

std::vector<types::PowerCost> readPower(JsonFields& device) {
    std::vector<types::PowerCost> rows;
    for (JsonFields& fields : device.objects("power", false)) {
        rows.push_back(
            {fields.text("op"), fields.text("dtype"), fields.number("milliwatts", 0, kMaxPowerMw),
             fields.number("relativeError", 0, kMaxRelativeError), fields.text("source")});
        fields.finish();
    }
    return rows;
}

void readRegions(JsonFields& fields, DeviceProfile& device) {
    for (JsonFields& region : fields.objects("regions", false)) {
        types::MemoryRegion read{region.text("name"), region.integer("bytes", 0, kMaxMemoryBytes),
                                 region.text("source"),
                                 types::RegionUse(region.choiceOr("use", types::kRegionUses))};
        region.finish();
        auto& list = read.use == types::RegionUse::Data ? device.regions : device.otherRegions;
        list.push_back(std::move(read));
    }
}

/// Checks across fields: names without a meaning, rows that hide one another.
void checkKernels(const std::vector<KernelCost>& rows, const std::string& path,
                  JsonProblem& problem) {
    for (size_t i = 0; i < rows.size(); ++i) {
        const std::string where = path + ": kernels[" + std::to_string(i) + "]";
        const KernelCost& row = rows[i];
        if (!isKernelName(row.kernel))
            problem.report("'" + row.kernel + "' is not an operator", where);
        if (row.terms.size() > kMaxTerms)
            problem.report("more than " + std::to_string(kMaxTerms) + " terms in a row", where);
        const size_t triangle = row.terms.size() * (row.terms.size() + 1) / 2;
        if (!row.inverse.empty() && row.inverse.size() != triangle)
            problem.report("'inverse' must have " + std::to_string(triangle) + " numbers", where);
        if (!row.termErrors.empty() && row.termErrors.size() != row.terms.size())
            problem.report("'termErrors' must have one number a term", where);
        if (!isTypeName(row.dtype)) problem.report("'" + row.dtype + "' is not a type", where);
        for (size_t j = 0; j < i; ++j)
            if (rows[j].kernel == row.kernel && rows[j].dtype == row.dtype)
                problem.report("a second row for " + row.kernel + " " + row.dtype, where);
    }
}

DeviceProfile readProfile(const nlohmann::json& document, const std::string& path,
                          JsonProblem& problem) {
    JsonFields fields(document, path, problem);
    DeviceProfile device;
    device.id = fields.text("id");
    device.name = fields.text("name");
    device.vendor = fields.textOr("vendor");
    device.soc = fields.text("soc");
    device.core = fields.text("core");
    device.runtime = fields.text("runtime");
    device.runtimeVersion = fields.textOr("runtimeVersion");
    device.clockMhz = fields.number("clockMhz", 0.001, kMaxClockMhz);
    device.clockSource = fields.textOr("clockSource");
    device.flashBytes = fields.integer("flashBytes", 0, kMaxMemoryBytes);
    device.sramBytes = fields.integer("sramBytes", 0, kMaxMemoryBytes);
    device.reservedFlash = readReserved(fields, "reservedFlash");
    device.reservedSram = readReserved(fields, "reservedSram");
    device.activePowerMw = fields.number("activePowerMw", 0, kMaxPowerMw);
    device.activePowerRelativeError =
        fields.number("activePowerRelativeError", 0, kMaxRelativeError);
    device.powerSource = fields.text("powerSource");
    device.power = readPower(fields);
    device.sleepPowerMw = fields.numberOr("sleepPowerMw", 0, 0, kMaxPowerMw);
    readRegions(fields, device);
    device.source = fields.text("source");
    device.modelBand = readModelBand(fields);
    for (JsonFields& row : fields.objects("kernels"))
        device.kernels.push_back(readKernel(row));
    fields.finish();
    checkKernels(device.kernels, path, problem);
    return device;
}

}  // namespace

types::Result<DeviceProfile> parseDevice(const std::string& text, const std::string& name) {
    nlohmann::json document;
    try {
        document = nlohmann::json::parse(text);
    } catch (const nlohmann::json::exception& e) {
        return fail("not a JSON file", name + ": " + e.what(), "correct its syntax");
    }
    JsonProblem problem;
    DeviceProfile device = readProfile(document, name, problem);
    if (problem.first) return tl::unexpected<types::Error>(*problem.first);
    return device;
}

types::Result<DeviceProfile> readDeviceFile(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) return fail("cannot open the device file", file.string(), "check the path");
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return parseDevice(text, file.string());
}

types::Result<std::vector<types::DevicePtr>> readDevices(const std::filesystem::path& directory) {
    std::error_code error;
    std::vector<types::DevicePtr> devices;
    for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() != ".json") continue;
        auto device = readDeviceFile(entry->path());
        if (!device) return tl::unexpected<types::Error>(device.error());
        devices.push_back(std::make_shared<const DeviceProfile>(std::move(*device)));
    }
    if (error)
        return fail("cannot list the device files", directory.string(),
                    "install Netcaliper again or name a device file");
    std::sort(devices.begin(), devices.end(),
              [](const auto& a, const auto& b) { return a->id < b->id; });
    const auto twin =
        std::adjacent_find(devices.begin(), devices.end(),
                           [](const auto& a, const auto& b) { return a->id == b->id; });
    if (twin != devices.end())
        return fail("two device files have the id '" + (*twin)->id + "'", directory.string(),
                    "give one of them another id");
    return devices;
}

}  // namespace cost
