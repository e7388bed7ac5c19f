// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/device_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "support/temporary_dir.h"
#include "types/latency_basis.h"

namespace {

using nlohmann::json;

json validDevice() {
    return json::parse(R"({
        "id": "board-a", "name": "BOARD A", "soc": "S1", "core": "Cortex-M4",
        "runtime": "TFLM + CMSIS-NN", "clockMhz": 80, "flashBytes": 1024, "sramBytes": 512,
        "reservedFlash": [{"what": "runtime", "bytes": 100, "source": "measured"}],
        "reservedSram": [],
        "activePowerMw": 45.5, "activePowerRelativeError": 0.1, "powerSource": "measured",
        "source": "made up",
        "kernels": [
            {"kernel": "CONV_2D/1x1", "dtype": "int8", "cycles": {"mac": 2.5, "output": 60},
             "relativeError": 0.2, "source": "made up"},
            {"kernel": "*", "dtype": "*", "cycles": {"output": 100}, "relativeError": 0.9,
             "source": "made up"}]})");
}

class DeviceFile : public testing::Test {
protected:
    std::filesystem::path write(const json& device, const std::string& name = "device.json") {
        return writeText(device.dump(), name);
    }
    std::filesystem::path writeText(const std::string& text,
                                    const std::string& name = "device.json") {
        const auto file = m_dir / name;
        std::ofstream(file) << text;
        return file;
    }
    /// The message for a device with one change; empty where it is read.
    std::string messageFor(const json& device) {
        const auto read = cost::readDeviceFile(write(device));
        return read ? std::string() : read.error().message();
    }
    support::TemporaryDir m_dir;
};

TEST_F(DeviceFile, ReadsEveryField) {
    const auto read = cost::readDeviceFile(write(validDevice()));
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->id, "board-a");
    EXPECT_EQ(read->core, "Cortex-M4");
    EXPECT_EQ(read->clockMhz, 80);
    EXPECT_EQ(read->flashBytes, 1024);
    EXPECT_EQ(read->sramBytes, 512);
    ASSERT_EQ(read->reservedFlash.size(), 1u);
    EXPECT_EQ(read->reservedFlash[0].bytes, 100);
    EXPECT_TRUE(read->reservedSram.empty());
    EXPECT_EQ(read->activePowerMw, 45.5);
    ASSERT_EQ(read->kernels.size(), 2u);
    EXPECT_EQ(read->kernels[0].kernel, "CONV_2D/1x1");
    EXPECT_EQ(read->kernels[0].terms[0].term, "mac");
    EXPECT_EQ(read->kernels[0].terms[0].cycles, 2.5);
    EXPECT_EQ(read->kernels[0].layers, 0);
    EXPECT_EQ(read->kernels[1].relativeError, 0.9);
}

TEST_F(DeviceFile, RegionsTellWhatTheyServe) {
    auto device = validDevice();
    device["vendor"] = "Somebody";
    device["runtimeVersion"] = "7.3";
    device["clockSource"] = "a data sheet";
    device["regions"] = json::parse(R"([
        {"name": "SRAM1", "bytes": 300, "source": "table 1"},
        {"name": "bank 1", "bytes": 1024, "use": "flash", "source": "table 2"},
        {"name": "ITCM", "bytes": 64, "use": "code", "source": "table 3"},
        {"name": "PSRAM", "bytes": 4096, "use": "data", "source": "table 4"}])");
    const auto read = cost::readDeviceFile(write(device));
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_TRUE(cost::writeDeviceFile(*read, m_dir / "again.json"));
    const auto again = cost::readDeviceFile(m_dir / "again.json");
    ASSERT_TRUE(again) << again.error().message();
    for (const auto& each : {*read, *again}) {
        EXPECT_EQ(each.vendor, "Somebody");
        EXPECT_EQ(each.runtimeVersion, "7.3");
        EXPECT_EQ(each.clockSource, "a data sheet");
        ASSERT_EQ(each.regions.size(), 2u);
        EXPECT_EQ(each.regions[1].name, "PSRAM");
        ASSERT_EQ(each.otherRegions.size(), 2u);
        EXPECT_EQ(each.otherRegions[0].use, types::RegionUse::Flash);
        EXPECT_EQ(each.otherRegions[1].use, types::RegionUse::Code);
        EXPECT_EQ(each.otherRegions[1].source, "table 3");
    }
    device["regions"][2]["use"] = "ram";
    EXPECT_NE(messageFor(device).find("'use' must be one of data, code, flash, storage"),
              std::string::npos);
}

TEST_F(DeviceFile, MissingFieldIsNamed) {
    auto device = validDevice();
    device.erase("clockMhz");
    const std::string message = messageFor(device);
    EXPECT_NE(message.find("field 'clockMhz' is missing"), std::string::npos) << message;
    EXPECT_NE(message.find("device.json"), std::string::npos) << message;
    EXPECT_NE(message.find("resources/devices/README.md"), std::string::npos) << message;
}

TEST_F(DeviceFile, WrongTypesAndRangesAreNamed) {
    auto device = validDevice();
    device["sramBytes"] = "much";
    EXPECT_NE(messageFor(device).find("'sramBytes' must be a whole number"), std::string::npos);
    device = validDevice();
    device["clockMhz"] = 0;
    EXPECT_NE(messageFor(device).find("'clockMhz' must be a number from"), std::string::npos);
    device = validDevice();
    device["name"] = "";
    EXPECT_NE(messageFor(device).find("'name' must be a text"), std::string::npos);
    device = validDevice();
    device["kernels"] = 3;
    EXPECT_NE(messageFor(device).find("'kernels' must be a list"), std::string::npos);
    EXPECT_NE(messageFor(json::array()).find("not a JSON object"), std::string::npos);
}

TEST_F(DeviceFile, ErrorsInRowsNameTheRow) {
    auto device = validDevice();
    device["kernels"][1]["cycles"]["output"] = -1;
    std::string message = messageFor(device);
    EXPECT_NE(message.find("kernels[1]"), std::string::npos) << message;
    EXPECT_NE(message.find("'output'"), std::string::npos) << message;
    device = validDevice();
    device["kernels"][0]["kernel"] = "CONVOLUTION";
    EXPECT_NE(messageFor(device).find("'CONVOLUTION' is not an operator"), std::string::npos);
    device = validDevice();
    device["kernels"][0]["dtype"] = "int9";
    EXPECT_NE(messageFor(device).find("'int9' is not a type"), std::string::npos);
    device = validDevice();
    device["kernels"].push_back(device["kernels"][0]);
    EXPECT_NE(messageFor(device).find("a second row for CONV_2D/1x1 int8"), std::string::npos);
}

TEST_F(DeviceFile, BandsAndReleaseAreReadAndWritten) {
    auto device = validDevice();
    device["runtimeVersion"] = "2.3.1";
    device["modelBand"] = {
        {"independent", 0.8}, {"common", 0.01}, {"networks", 60}, {"source", "made up"}};
    device["kernels"][0]["termErrors"] = {0.01, 0.02};
    device["kernels"][0]["largest"] = 5e6;
    device["kernels"][0]["loops"] = "0123456789abcdef";
    const auto read = cost::readDeviceFile(write(device));
    ASSERT_TRUE(read) << read.error().message();
    ASSERT_TRUE(cost::writeDeviceFile(*read, m_dir / "again.json"));
    const auto again = cost::readDeviceFile(m_dir / "again.json");
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(again->runtimeVersion, "2.3.1");
    EXPECT_EQ(again->modelBand.independent, 0.8);
    EXPECT_EQ(again->modelBand.common, 0.01);
    EXPECT_EQ(again->modelBand.networks, 60);
    EXPECT_EQ(again->kernels[0].termErrors, (std::vector<double>{0.01, 0.02}));
    EXPECT_EQ(again->kernels[0].largest, 5e6);
    EXPECT_EQ(again->kernels[0].loops, "0123456789abcdef");
    device["kernels"][0]["termErrors"] = {0.01};
    EXPECT_NE(messageFor(device).find("one number a term"), std::string::npos);
    device = validDevice();
    device["modelBand"] = 3;
    EXPECT_NE(messageFor(device).find("'modelBand' must be an object"), std::string::npos);
}

TEST_F(DeviceFile, UnknownFieldsAreErrors) {
    auto device = validDevice();
    device["kernels"][0]["cyclesPerMAC"] = 3;
    EXPECT_NE(messageFor(device).find("field 'cyclesPerMAC' is not known"), std::string::npos);
}

TEST_F(DeviceFile, BrokenSyntaxAndMissingFilesAreErrors) {
    const auto broken = cost::readDeviceFile(writeText("{\"id\": "));
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().what, "not a JSON file");
    const auto absent = cost::readDeviceFile(m_dir / "absent.json");
    ASSERT_FALSE(absent);
    EXPECT_NE(absent.error().message().find("absent.json"), std::string::npos);
    EXPECT_FALSE(cost::readDevices(m_dir / "absent"));
}

TEST_F(DeviceFile, DirectoriesAreSortedById) {
    auto device = validDevice();
    device["id"] = "z";
    write(device, "1.json");
    device["id"] = "a";
    write(device, "2.json");
    writeText("not a device", "README.md");
    const auto devices = cost::readDevices(m_dir / "");
    ASSERT_TRUE(devices);
    ASSERT_EQ(devices->size(), 2u);
    EXPECT_EQ((*devices)[0]->id, "a");
    write(device, "3.json");
    const auto twins = cost::readDevices(m_dir / "");
    ASSERT_FALSE(twins);
    EXPECT_NE(twins.error().what.find("the id 'a'"), std::string::npos);
}

TEST(BundledDevices, AreCompleteAndNameTheirSources) {
    const auto devices =
        cost::readDevices(std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices");
    ASSERT_TRUE(devices) << devices.error().message();
    for (const char* id : {"nucleo-f446re", "nucleo-f746zg", "nucleo-f767zi", "nucleo-l4r5zi"})
        EXPECT_TRUE(std::any_of(devices->begin(), devices->end(), [id](const auto& d) {
            return d->id == id;
        })) << id;
    for (const auto& device : *devices) {
        SCOPED_TRACE(device->id);
        EXPECT_GT(device->flashBytes, 0);
        EXPECT_GT(device->sramBytes, 0);
        // The cycle of an emulated machine is one instruction by definition.
        const bool emulated = device->id.starts_with("emulated-");
        for (const auto& row : device->kernels)
            EXPECT_GE(row.relativeError,
                      row.layers > 0 || (emulated && row.kernel == "instruction") ? 0 : 0.05)
                << row.kernel;
    }
}

/// Boards without rows must say so, and those with rows must have the main operators.
TEST(BundledDevices, HaveLatenciesOrSayThatNoneArePublished) {
    const auto devices =
        cost::readDevices(std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices");
    ASSERT_TRUE(devices) << devices.error().message();
    std::set<std::string> silent;
    for (const auto& device : *devices) {
        SCOPED_TRACE(device->id);
        if (types::basisOf(*device) == types::LatencyBasis::None) {
            silent.insert(device->id);
            EXPECT_TRUE(device->kernels.empty());
            EXPECT_NE(device->source.find("predicts no latency"), std::string::npos);
            continue;
        }
        for (const char* op : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"})
            EXPECT_GT(types::bandsOf(*device, op).greatest, 0) << op;
    }
    EXPECT_EQ(silent, (std::set<std::string>{"apollo3-blue-evb", "apollo4p-evb", "frdm-k64f",
                                             "grove-vision-ai-v2", "max78000fthr", "nrf54l15-dk",
                                             "numaker-pfm-m2351", "raspberry-pi-pico",
                                             "raspberry-pi-pico-2"}));
}

/// Every board that people have is there, with its vendor and the parts of its memory.
TEST(BundledDevices, TheirRegionsAddUp) {
    const auto devices =
        cost::readDevices(std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices");
    ASSERT_TRUE(devices) << devices.error().message();
    EXPECT_GE(devices->size(), 50u);
    for (const auto& device : *devices) {
        SCOPED_TRACE(device->id);
        EXPECT_EQ(device->vendor.empty(), device->id.starts_with("emulated-"));
        int64_t flash = 0, onChip = 0;
        for (const auto& region : device->otherRegions)
            if (region.use == types::RegionUse::Flash) flash += region.bytes;
        for (const auto& region : device->regions)
            if (region.name.find("PSRAM") == std::string::npos &&
                region.name.find("SDRAM") == std::string::npos)
                onChip += region.bytes;
        if (flash > 0) {
            EXPECT_EQ(flash, device->flashBytes);
            EXPECT_EQ(onChip, device->sramBytes);
            EXPECT_FALSE(device->clockSource.empty());
        }
    }
}

TEST(BundledDevices, EveryProfileIsListedInTheBuild) {
    const std::filesystem::path resources = NETCALIPER_SOURCE_DIR "/resources";
    std::ifstream file(resources / "CMakeLists.txt");
    const std::string list{std::istreambuf_iterator<char>(file), {}};
    for (const auto& entry : std::filesystem::directory_iterator(resources / "devices")) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() == ".json") {
            EXPECT_NE(list.find("    " + name), std::string::npos)
                << "resources/CMakeLists.txt does not list devices/" << name;
        }
    }
}

}  // namespace
