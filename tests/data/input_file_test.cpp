// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/input_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "data/npy.h"
#include "data/sound_file.h"
#include "support/temporary_dir.h"
#include "written_files.h"

namespace {

using types::DataType;

types::Tensor inputOf(DataType type, types::Shape shape, float scale = 0, int64_t zeroPoint = 0) {
    types::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    if (scale > 0) {
        tensor.quantization.scale = {scale};
        tensor.quantization.zeroPoint = {zeroPoint};
    }
    return tensor;
}

TEST(InputFile, AnArrayOfTheInputsTypeIsTakenAsItIs) {
    const support::TemporaryDir dir;
    const std::vector<uint8_t> codes = {1, 2, 255};
    ASSERT_TRUE(data::writeNpy(dir / "a.npy", DataType::Int8, {3}, codes));
    EXPECT_EQ(*data::readInput(dir / "a.npy", inputOf(DataType::Int8, {1, 3}, 0.5f, 7)), codes);
}

TEST(InputFile, OtherArraysHoldRealValues) {
    const support::TemporaryDir dir;
    const std::vector<double> values = {-1, 0.5};
    std::vector<uint8_t> bytes(16);
    std::memcpy(bytes.data(), values.data(), bytes.size());
    ASSERT_TRUE(data::writeNpy(dir / "a.npy", DataType::Float64, {1, 2}, bytes));
    EXPECT_EQ(*data::readInput(dir / "a.npy", inputOf(DataType::Int8, {2}, 0.5f, 3)),
              (std::vector<uint8_t>{1, 4}));
    const auto refused = data::readInput(dir / "a.npy", inputOf(DataType::Int8, {3}, 0.5f, 3));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what, "has shape 1x2, the input int8 3 needs 3 values");
}

TEST(InputFile, ImagesSoundsAndRawFilesAreInputs) {
    const support::TemporaryDir dir;
    written::png(dir / "a.png", 1, 2, 1, {255, 0});
    EXPECT_EQ(*data::readInput(dir / "a.png", inputOf(DataType::Int8, {1, 1, 2}, 1 / 255.0f, -128)),
              (std::vector<uint8_t>{127, 128}));
    written::text(dir / "a.bin", {83, 85});
    EXPECT_EQ(*data::readInput(dir / "a.bin", inputOf(DataType::Int8, {2}, 0.5f, 83)),
              (std::vector<uint8_t>{83, 85}));
    const auto sound =
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/data/samples/stereo.wav";
    EXPECT_EQ(data::readInput(sound, inputOf(DataType::Int16, {1, 4}))->size(), 8u);
    written::text(dir / "a.csv", "1,0\n2,1\n");
    EXPECT_EQ(data::readInput(dir / "a.csv", inputOf(DataType::Float32, {1})).error().what,
              "holds 2 samples");
}

TEST(InputFile, ALongSoundIsOneInputAfterTheOther) {
    const auto file =
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/data/samples/stereo.wav";
    const auto whole = data::readSoundSample(file, -1);
    ASSERT_TRUE(whole) << whole.error().message();
    const int32_t samples = whole->shape[0];
    ASSERT_GT(samples, 2);
    const auto hops = data::readInputs(file, inputOf(DataType::Int16, {1, samples / 2}));
    ASSERT_TRUE(hops) << hops.error().message();
    ASSERT_EQ(hops->size(), static_cast<size_t>(samples / (samples / 2)));
    const auto bytes = whole->bytes.view();
    EXPECT_TRUE(std::equal(hops->front().begin(), hops->front().end(), bytes.begin()));
    EXPECT_EQ(data::readInputs(file, inputOf(DataType::Int16, {1, samples}))->size(), 1u);
    // Sound in quantized or float form is no stream of samples.
    EXPECT_FALSE(data::readInputs(file, inputOf(DataType::Int8, {1, samples / 2}, 0.5f)));
    EXPECT_FALSE(data::readInputs(file, inputOf(DataType::Int16, {1, samples + 1})));
}

}  // namespace
