// SPDX-License-Identifier: GPL-3.0-or-later
#include "command_context.h"

#include <cstdio>

#include "cost/device_file.h"
#include "onnx/open_model.h"
#include "resource_dir.h"

namespace app {

using namespace types;

void Context::finish(const Result<Output>& result) {
    if (!result) {
        std::fprintf(stderr, "error: %s\n", result.error().message().c_str());
        exitStatus = 1;
        return;
    }
    // Bytes in a model's names that are not UTF-8 are replaced, not refused.
    const auto text = json ? result->json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                           : result->text;
    std::fwrite(text.data(), 1, text.size(), stdout);
}

CLI::App* addCommand(CLI::App& parent, Context& context, const std::string& name,
                     const std::string& description, std::function<Result<Output>()> work) {
    CLI::App* command = parent.add_subcommand(name, description);
    command->add_flag("--json", context.json, "Print one JSON document");
    command->callback([&context, work = std::move(work)] { context.finish(work()); });
    return command;
}

CLI::Option* ModelFlags::addTo(CLI::App& command) {
    command.add_option("--signature", signature,
                       "Which signature of the file; the first one if not said");
    return command.add_option("MODEL", path, "A .tflite or .onnx file");
}

Result<GraphPtr> ModelFlags::open() const {
    return onnx::openModel(path, signature);
}

Result<GraphPtr> openModel(const std::string& path) {
    return onnx::openModel(path);
}

Result<std::vector<DevicePtr>> allDevices() {
    const auto directory = resourceDirectory();
    if (directory.empty())
        return fail("device profiles were not found", "", "set NETCALIPER_RESOURCES");
    return cost::readDevices(directory / "devices");
}

Result<DevicePtr> findDevice(const std::string& idOrPath) {
    if (idOrPath.empty()) return DevicePtr();
    if (idOrPath.ends_with(".json")) {
        auto device = cost::readDeviceFile(idOrPath);
        if (!device) return tl::unexpected(device.error());
        return std::make_shared<const DeviceProfile>(std::move(*device));
    }
    const auto devices = allDevices();
    if (!devices) return tl::unexpected(devices.error());
    std::string known;
    for (const DevicePtr& device : *devices) {
        if (device->id == idOrPath) return device;
        known += (known.empty() ? "" : ", ") + device->id;
    }
    return fail("unknown device", idOrPath, "choose one of " + known + ", or a .json file");
}

}  // namespace app
