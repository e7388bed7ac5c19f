// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/kernel_arena.h"

#include <gtest/gtest.h>

#include "cost/tflm/kernel_library.h"
#include "support/shared_files.h"
#include "tflite/read.h"

namespace {

std::optional<int64_t> arenaOf(const types::Graph& graph, const std::string& kernels,
                               const std::string& core) {
    const auto build = cost::parseKernelBuild(kernels, core);
    EXPECT_TRUE(build);
    return footprint::kernelArena(graph, *build).arena.usedBytes();
}

/// What makers of wake words reserve for an ESP32-S3 and ESP-NN of 2024 (their manifests).
struct Manifest {
    const char* model;
    int64_t arenaBytes;
};

TEST(KernelArena, WakeWordsNeedAboutWhatTheirMakersReserve) {
    SKIP_WITHOUT_SHARED();
    const auto dir = *support::sharedDir() / "recent";
    for (const Manifest& manifest :
         {Manifest{"esp_models_v2_alexa", 22'348}, Manifest{"esp_models_v2_hey_jarvis", 22'860},
          Manifest{"esp_models_v2_hey_mycroft", 23'628},
          Manifest{"esp_models_v2_okay_nabu", 26'080}}) {
        const auto graph = tflite::read(dir / (std::string(manifest.model) + ".tflite"));
        ASSERT_TRUE(graph);
        const auto arena = arenaOf(**graph, "esp-nn@1.1.0", "ESP32-S3");
        ASSERT_TRUE(arena) << manifest.model;
        EXPECT_LE(*arena, manifest.arenaBytes) << manifest.model;
        EXPECT_GE(*arena, manifest.arenaBytes * 98 / 100) << manifest.model;
        RecordProperty(manifest.model, static_cast<int>(*arena));
    }
}

TEST(KernelArena, ReleasesAndChipsDiffer) {
    SKIP_WITHOUT_SHARED();
    const auto graph =
        tflite::read(*support::sharedDir() / "recent" / "esp_models_v2_okay_nabu.tflite");
    ASSERT_TRUE(graph);
    // The arena of its manifest, 26,080 bytes, is too small since 1.2.1.
    EXPECT_EQ(arenaOf(**graph, "esp-nn@1.1.2", "ESP32-S3"), 25'932);
    EXPECT_EQ(arenaOf(**graph, "esp-nn@1.2.3", "ESP32-S3"), 33'932);
    EXPECT_LT(*arenaOf(**graph, "esp-nn", "ESP32"), *arenaOf(**graph, "esp-nn", "ESP32-S3"));
    const auto all = footprint::kernelArenas(**graph, *cost::parseKernelBuild("esp-nn", ""));
    ASSERT_EQ(all.size(), 9u);
    EXPECT_EQ(all.back().library, "esp-nn@1.2.3 for ESP32-S3");
    EXPECT_EQ(all.back().scratchBytes.size(), (*graph)->ops.size());
}

}  // namespace
