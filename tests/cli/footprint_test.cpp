// SPDX-License-Identifier: GPL-3.0-or-later
// One footprint: an evaluation, the search of a smallest change and the command "devices" give the
// same bytes for every bundled model on every bundled device.

#include "cost/device_file.h"
#include "cost/reserved_lines.h"
#include "engine/evaluate.h"
#include "run_cli.h"
#include "search/ordered_footprint.h"
#include "tflite/read.h"

namespace {

using namespace types;
namespace fs = std::filesystem;

/// More bytes than any device has, so the reported excess gives the bytes used.
constexpr int64_t kTooMuch = int64_t{1} << 40;

DevicePtr withTooMuch(const DevicePtr& device) {
    const ReservedMemory line{"test", kTooMuch, "test"};
    return std::make_shared<const DeviceProfile>(
        cost::withReserved(cost::withReserved(*device, cost::BoardMemory::Flash, line),
                           cost::BoardMemory::Sram, line));
}

/// By device id, as the command "devices" lists them.
std::map<std::string, terminal::json> listedFor(const fs::path& model) {
    const std::string line = "=" + std::to_string(kTooMuch);
    const terminal::json found =
        terminal::runJson("devices " + model.string() + " --reserve-flash test" + line +
                          " --reserve-sram test" + line);
    std::map<std::string, terminal::json> listed;
    for (const terminal::json& device : found["devices"])
        listed[device["id"]] = device;
    return listed;
}

/// Where a part is unknown, the excess is a lower bound and says so.
void expectExcess(const terminal::json& listed, const std::string& name, const Budget& budget) {
    EXPECT_EQ(listed[name].is_null(), !budget.isKnown()) << budget.unknownReason;
    EXPECT_EQ(listed.contains(name + "_reason"), !budget.isKnown());
    EXPECT_EQ(listed[budget.isKnown() ? name : name + "_at_least"].get<int64_t>(),
              -budget.spareBytes());
}

void expectEqualBytes(const GraphPtr& graph, const DevicePtr& device,
                      const terminal::json& listed) {
    const auto e = engine::evaluate(graph, {}, device);
    ASSERT_TRUE(e) << e.error().message();
    const auto found = search::footprintOn(*device, graph, runtimeOf(*device), false);
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ((*e)->flash->usedBytes, found->footprint.flash.usedBytes);
    EXPECT_EQ((*e)->sram->usedBytes, found->footprint.sram.usedBytes);
    expectExcess(listed, "flash_excess_bytes", *(*e)->flash);
    expectExcess(listed, "sram_excess_bytes", *(*e)->sram);
}

TEST(Footprint, AllWhoAskGetEqualBytesForEveryBundledModelAndDevice) {
    const auto devices = cost::readDevices(terminal::bundled("../devices"));
    ASSERT_TRUE(devices) << devices.error().message();
    int models = 0;
    for (const auto& entry : fs::directory_iterator(terminal::bundled(""))) {
        if (entry.path().extension() != ".tflite") continue;
        ++models;
        const auto graph = tflite::read(entry.path());
        ASSERT_TRUE(graph) << graph.error().message();
        auto listed = listedFor(entry.path());
        EXPECT_EQ(listed.size(), devices->size());
        for (const DevicePtr& device : *devices) {
            SCOPED_TRACE((*graph)->name + " on " + device->id);
            expectEqualBytes(*graph, withTooMuch(device), listed[device->id]);
        }
    }
    EXPECT_GE(models, 6);
}

}  // namespace
