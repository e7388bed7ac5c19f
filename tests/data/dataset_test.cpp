// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/shared_files.h"
#include "support/temporary_dir.h"

namespace {

void put(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

types::Tensor int8Input(types::Shape shape, int64_t zeroPoint) {
    types::Tensor tensor;
    tensor.type = types::DataType::Int8;
    tensor.shape = std::move(shape);
    tensor.quantization.scale = {0.5f};
    tensor.quantization.zeroPoint = {zeroPoint};
    return tensor;
}

TEST(Dataset, ReadsAnEembcDirectory) {
    const support::TemporaryDir dir;
    put(dir / "y_labels.csv", "a.bin,3,2\r\nb.bin,3,0\n");
    put(dir / "a.bin", "AB");
    put(dir / "b.bin", "CD");
    const auto dataset = data::readDataset(dir / "");
    ASSERT_TRUE(dataset) << dataset.error().message();
    EXPECT_EQ(dataset->classes, 3);
    ASSERT_EQ(dataset->samples.size(), 2u);
    EXPECT_EQ(dataset->samples[0].label, 2);
    EXPECT_EQ(dataset->samples[1].bytes.size(), 2u);
}

TEST(Dataset, NamesTheFaultyRow) {
    const support::TemporaryDir dir;
    put(dir / "y_labels.csv", "a.bin,3,2\nb.bin,3,9\n");
    put(dir / "a.bin", "AB");
    const auto dataset = data::readDataset(dir / "");
    ASSERT_FALSE(dataset);
    EXPECT_EQ(dataset.error().what, "row 'b.bin,3,9' is not file,classes,class");
    EXPECT_TRUE(dataset.error().where.ends_with("y_labels.csv:2"));
}

TEST(Dataset, DoesNotLeaveItsDirectory) {
    const support::TemporaryDir dir;
    put(dir / "y_labels.csv", "../a.bin,3,2\n");
    EXPECT_FALSE(data::readDataset(dir / ""));
}

TEST(Dataset, TensorBytesAreTakenAsTheyAreAndPixelsShifted) {
    const data::Sample sample{"x", 0, types::Bytes({0, 128, 255})};
    EXPECT_EQ(*data::toInput(sample, int8Input({3}, 83)), (std::vector<uint8_t>{0, 128, 255}));
    // Pixel 0 is code -128, 128 is 0, 255 is 127.
    EXPECT_EQ(*data::toInput(sample, int8Input({3}, -128)), (std::vector<uint8_t>{128, 0, 127}));
    EXPECT_FALSE(data::toInput(sample, int8Input({4}, 83)));
}

TEST(Dataset, ReadsTheKeywordSamples) {
    SKIP_WITHOUT_SHARED();
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/kws01");
    ASSERT_TRUE(dataset) << dataset.error().message();
    EXPECT_EQ(dataset->samples.size(), 500u);
    EXPECT_EQ(dataset->classes, 12);
}

}  // namespace
