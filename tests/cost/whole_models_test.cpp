// SPDX-License-Identifier: GPL-3.0-or-later
// Published latencies of whole models against what the bundled device files predict. Their kernel
// rows were mostly fitted to single layers, so most of these models are unseen; the tolerances are
// what the first, coarse cost model attains (resources/devices/README.md has the table).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "cost/device_file.h"
#include "cost/predict.h"
#include "cost/tflm/tflm_arena.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

struct Published {
    const char* device;
    const char* model;
    double latencyMs;
    double tolerance;  ///< of the prediction, as a share
};

// MLPerf Tiny v0.5 reference submission; MicroNets (arXiv 2010.11267v6) table 4; Heim et al. 2021.
constexpr Published kPublished[] = {
    {"nucleo-l4r5zi", "mlpt_ad01_int8", 10.0516, 0.2},
    {"nucleo-l4r5zi", "mlpt_resnet_int8", 704.2254, 0.2},
    {"nucleo-l4r5zi", "mlpt_kws_int8", 181.9174, 0.2},
    {"nucleo-l4r5zi", "mlpt_vww96_int8", 600.6006, 0.2},
    {"nucleo-f446re", "tflm_person_detect_int8", 254, 0.15},
    {"nucleo-f446re", "mlpt_ad01_int8", 7, 0.15},
    {"nucleo-f746zg", "tflm_person_detect_int8", 108, 0.15},
    {"nucleo-f767zi", "tflm_person_detect_int8", 108, 0.15},
    {"disco-f469ni", "heim_lenet_int8", 16.08, 0.15},
    {"nucleo-l496zg", "heim_lenet_int8", 36.46, 0.05},
    {"nucleo-f767zi", "heim_lenet_int8", 8.08, 0.15},
    {"nucleo-l496zg-ref", "heim_lenet_int8", 120.5, 0.15},
    {"disco-f469ni", "heim_lenet_fp32", 59.35, 0.15},
    {"nucleo-f767zi", "heim_lenet_fp32", 19.95, 0.15},
};

// MLPerf Tiny v1.0 (nRF5340), v1.1 (X-CUBE-AI 8), v1.2 (X-CUBE-AI 9, EK-RA8D1, NUCLEO-G0B1RE) and
// v1.3 (X-CUBE-AI 10). The factors or rows of these profiles were fitted to these models.
constexpr Published kFittedTo[] = {
    {"nucleo-h7a3zi-q-xcubeai-8", "mlpt_ad01_int8", 1.8183, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-8", "mlpt_resnet_int8", 51.9481, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-8", "mlpt_kws_int8", 15.3532, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-8", "mlpt_vww96_int8", 29.6288, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-9", "mlpt_ad01_int8", 1.22549, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-9", "mlpt_resnet_int8", 40.845, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-9", "mlpt_kws_int8", 11.3178, 0.05},
    {"nucleo-h7a3zi-q-xcubeai-9", "mlpt_vww96_int8", 23.8044, 0.05},
    {"nucleo-u575zi-q-xcubeai-8", "mlpt_ad01_int8", 4.8499, 0.05},
    {"nucleo-u575zi-q-xcubeai-8", "mlpt_resnet_int8", 128.2051, 0.05},
    {"nucleo-u575zi-q-xcubeai-8", "mlpt_kws_int8", 38.5802, 0.05},
    {"nucleo-u575zi-q-xcubeai-8", "mlpt_vww96_int8", 71.5615, 0.05},
    {"nucleo-u575zi-q-xcubeai-10", "mlpt_ad01_int8", 3.20946, 0.05},
    {"nucleo-u575zi-q-xcubeai-10", "mlpt_resnet_int8", 109.493, 0.05},
    {"nucleo-u575zi-q-xcubeai-10", "mlpt_kws_int8", 28.9947, 0.05},
    {"nucleo-u575zi-q-xcubeai-10", "mlpt_vww96_int8", 59.2663, 0.05},
    {"nucleo-u385rg-q", "mlpt_ad01_int8", 5.40976, 0.05},
    {"nucleo-u385rg-q", "mlpt_resnet_int8", 182.448, 0.05},
    {"nucleo-u385rg-q", "mlpt_kws_int8", 48.3022, 0.05},
    {"nucleo-u385rg-q", "mlpt_vww96_int8", 98.7362, 0.05},
    {"nucleo-l4r5zi-xcubeai-8", "mlpt_ad01_int8", 6.8573, 0.05},
    {"nucleo-l4r5zi-xcubeai-8", "mlpt_resnet_int8", 213.9953, 0.05},
    {"nucleo-l4r5zi-xcubeai-8", "mlpt_kws_int8", 62.8733, 0.05},
    {"nucleo-l4r5zi-xcubeai-8", "mlpt_vww96_int8", 118.6944, 0.05},
    {"nucleo-l4r5zi-p-xcubeai-10", "mlpt_ad01_int8", 4.79368, 0.05},
    {"nucleo-l4r5zi-p-xcubeai-10", "mlpt_resnet_int8", 165.673, 0.05},
    {"nucleo-l4r5zi-p-xcubeai-10", "mlpt_kws_int8", 43.4179, 0.05},
    {"nucleo-l4r5zi-p-xcubeai-10", "mlpt_vww96_int8", 89.4375, 0.05},
    {"ek-ra8d1", "mlpt_ad01_int8", 0.530747, 0.05},
    {"ek-ra8d1", "mlpt_resnet_int8", 8.47831, 0.05},
    {"ek-ra8d1", "mlpt_kws_int8", 3.46487, 0.05},
    {"ek-ra8d1", "mlpt_vww96_int8", 13.3932, 0.05},
    {"nrf5340-dk", "mlpt_ad01_int8", 6.2665, 0.05},
    {"nrf5340-dk", "mlpt_resnet_int8", 316.1555, 0.05},
    {"nrf5340-dk", "mlpt_kws_int8", 76.0861, 0.05},
    {"nrf5340-dk", "mlpt_vww96_int8", 232.0186, 0.05},
    {"nucleo-g0b1re", "mlpt_ad01_int8", 40.8931, 0.05},
    {"nucleo-g0b1re", "mlpt_resnet_int8", 1522.07, 0.05},
    {"nucleo-g0b1re", "mlpt_kws_int8", 474.608, 0.05},
    {"nucleo-g0b1re", "mlpt_vww96_int8", 1414.43, 0.05},
    {"esp32-devkitc", "tflm_person_detect_int8", 380, 0.02},
    {"esp32-c3-devkitm-1", "tflm_person_detect_int8", 426, 0.02},
};

// ESP-NN README, espressif/esp-nn d45b843: person detection with the arena in PSRAM, unseen by
// these profiles, which hold its table of kernels.
constexpr Published kUnseenByKernels[] = {
    {"esp32-s3-devkitc-1", "tflm_person_detect_int8", 54, 0.2},
    {"esp32-p4-function-ev-board", "tflm_person_detect_int8", 73, 0.2},
};

types::Estimate predicted(const Published& p, bool* known) {
    const auto devices = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto device = cost::readDeviceFile(devices / (std::string(p.device) + ".json"));
    const auto graph =
        tflite::read(*support::sharedDir() / "models" / (std::string(p.model) + ".tflite"));
    *known = device && graph;
    if (!*known) return {};
    const auto profile = std::make_shared<const types::DeviceProfile>(*device);
    const auto total = cost::Predictor(profile).predict(**graph).latencyUs;
    *known = total.has_value();
    return total.value_or(types::Estimate{});
}

TEST(WholeModels, PublishedLatenciesArePredicted) {
    SKIP_WITHOUT_SHARED();
    int outside = 0;
    for (const Published& p : kPublished) {
        bool known = false;
        const types::Estimate total = predicted(p, &known);
        ASSERT_TRUE(known) << p.device << " " << p.model;
        const double measuredUs = p.latencyMs * 1e3;
        const double error = total.value / measuredUs - 1;
        std::printf("%-18s %-24s measured %8.2f ms, predicted %8.2f ms (%+.1f %%)\n", p.device,
                    p.model, p.latencyMs, total.value / 1e3, 100 * error);
        EXPECT_LE(std::abs(error), p.tolerance) << p.device << " " << p.model;
        outside += measuredUs < total.low || measuredUs > total.high;
    }
    // Bands hold nine times of ten.
    EXPECT_LE(outside, 1) << "of " << std::size(kPublished);
}

/// A profile that rests on whole models predicts them: its rows were not changed since.
TEST(WholeModels, ProfilesPredictTheModelsThatTheyWereFittedTo) {
    SKIP_WITHOUT_SHARED();
    for (const Published& p : kFittedTo) {
        bool known = false;
        const types::Estimate total = predicted(p, &known);
        ASSERT_TRUE(known) << p.device << " " << p.model;
        const double measuredUs = p.latencyMs * 1e3;
        EXPECT_NEAR(total.value / measuredUs, 1, p.tolerance) << p.device << " " << p.model;
        EXPECT_LE(total.low, measuredUs) << p.device << " " << p.model;
        EXPECT_GE(total.high, measuredUs) << p.device << " " << p.model;
    }
}

TEST(WholeModels, PublishedKernelsPredictAnUnseenModel) {
    SKIP_WITHOUT_SHARED();
    for (const Published& p : kUnseenByKernels) {
        bool known = false;
        const types::Estimate total = predicted(p, &known);
        ASSERT_TRUE(known) << p.device;
        std::printf("%-26s measured %6.1f ms, predicted %6.1f ms\n", p.device, p.latencyMs,
                    total.value / 1e3);
        EXPECT_NEAR(total.value / (p.latencyMs * 1e3), 1, p.tolerance) << p.device;
        EXPECT_GE(total.high, p.latencyMs * 1e3) << p.device;
    }
}

/// The profile of the L4R5 has seen layers of another board only, and none of these models.
TEST(WholeModels, MlperfTinyIsPredictedUnseen) {
    SKIP_WITHOUT_SHARED();
    double mean = 0;
    int count = 0;
    for (const Published& p : kPublished) {
        if (std::string_view(p.device) != "nucleo-l4r5zi") continue;
        bool known = false;
        const types::Estimate total = predicted(p, &known);
        ASSERT_TRUE(known) << p.model;
        mean += std::abs(total.value / (p.latencyMs * 1e3) - 1);
        ++count;
    }
    std::printf("MLPerf Tiny on the L4R5ZI, unseen: mean error %.1f %%\n", 100 * mean / count);
    EXPECT_EQ(count, 4);
    EXPECT_LE(mean / count, 0.10);
}

/// Whatever a file contains, once read it can be costed: no crash, and a figure or a reason per
/// layer.
TEST(WholeModels, EveryFileThatOpensIsCosted) {
    SKIP_WITHOUT_SHARED();
    const auto devices = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "resources" / "devices";
    const auto device = cost::readDeviceFile(devices / "nucleo-f446re.json");
    ASSERT_TRUE(device);
    const cost::Predictor predictor(std::make_shared<const types::DeviceProfile>(*device));
    size_t opened = 0;
    for (const char* sub : {"hostile", "models", "conformance/models"})
        for (const auto& file : support::filesOf(*support::sharedDir() / sub, ".tflite")) {
            const auto graph = tflite::read(file);
            if (!graph) continue;
            ++opened;
            const auto plan = memory::planGreedy(**graph, lowering::scratchNeeds(**graph));
            cost::tflmArenaHost64(**graph, {plan});
            cost::tflmArenaCortexM(**graph, {plan});
            for (const auto& op : predictor.predict(**graph).ops) {
                EXPECT_FALSE(op.source.empty()) << file;
                const types::Estimate band = op.latencyUs.value_or(types::Estimate{});
                EXPECT_LE(band.low, band.high) << file;
            }
        }
    EXPECT_GT(opened, 600u);
}

}  // namespace
