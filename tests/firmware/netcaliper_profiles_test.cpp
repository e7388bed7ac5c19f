// SPDX-License-Identifier: GPL-3.0-or-later
// The profiles of our own runtime against what the emulator counts now: kernels that become faster
// or slower than their profile says must be counted again (resources/devices/README.md).

#include <cstdio>

#include "boards.h"
#include "cost/device_file.h"
#include "cost/predict.h"
#include "zoo/reference_models.h"

namespace {

class NetcaliperProfiles : public testing::TestWithParam<test::Board> {};

INSTANTIATE_TEST_SUITE_P(Boards, NetcaliperProfiles, testing::ValuesIn(test::kBoards),
                         [](const auto& board) { return std::string(board.param.name); });

double countOf(const types::Session& session) {
    for (const types::Measurement& m : session.measurements)
        if (m.key == "whole" && m.quantity == types::Quantity::Instructions) return m.samples.at(0);
    return 0;
}

TEST_P(NetcaliperProfiles, PredictWhatTheEmulatorCounts) {
    SKIP_WITHOUT_EMULATOR();
    const auto file = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices" /
                      ("emulated-" + std::string(GetParam().name) + "-own.json");
    const auto device = cost::readDeviceFile(file);
    ASSERT_TRUE(device) << device.error().message();
    const cost::Predictor predictor(std::make_shared<const types::DeviceProfile>(*device));
    for (const zoo::BundledModel& model : zoo::bundledModels()) {
        const auto graph = model.build(model.precision);
        ASSERT_TRUE(graph) << model.name;
        const auto session = test::runOn(GetParam(), *graph);
        ASSERT_TRUE(session) << session.error().message();
        const auto total = predictor.predict(**graph).latencyUs;
        ASSERT_TRUE(total) << model.name;
        const double predicted = total->value * device->clockMhz, counted = countOf(*session);
        std::printf("%-4s %-28s counted %9.0f, predicted %+.2f %%\n", GetParam().name,
                    model.name.c_str(), counted, 100 * (predicted / counted - 1));
        EXPECT_NEAR(predicted / counted, 1, 0.05) << model.name;
    }
}

}  // namespace
