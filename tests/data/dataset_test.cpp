// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/dataset.h"
#include "data/sample_gathering.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/shared_files.h"
#include "support/temporary_dir.h"

namespace {

void put(const std::filesystem::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
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
    EXPECT_EQ(dataset.error().what, "label 9 of 'b.bin' is outside of its 3 classes");
    EXPECT_TRUE(dataset.error().where.ends_with("y_labels.csv:2"));
}

TEST(Dataset, DoesNotLeaveItsDirectory) {
    const support::TemporaryDir dir;
    put(dir / "y_labels.csv", "../a.bin,3,2\n");
    EXPECT_FALSE(data::readDataset(dir / ""));
}

TEST(Dataset, ReadsTheKeywordSamples) {
    SKIP_WITHOUT_SHARED();
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/kws01");
    ASSERT_TRUE(dataset) << dataset.error().message();
    EXPECT_EQ(dataset->samples.size(), 500u);
    EXPECT_EQ(dataset->classes, 12);
}

TEST(Dataset, ReadsTheWakeWordImages) {
    SKIP_WITHOUT_SHARED();
    const auto dataset = data::readDataset(*support::sharedDir() / "datasets/vww01");
    ASSERT_TRUE(dataset) << dataset.error().message();
    EXPECT_EQ(dataset->classes, 2);
    for (const data::Sample& sample : dataset->samples)
        EXPECT_EQ(sample.shape, (types::Shape{96, 96, 3})) << sample.name;
}

TEST(SampleGathering, RefusesMoreThanTheMemoryThatASetMayTake) {
    data::SampleGathering gathering({}, size_t{2} << 20);
    const auto megabyte = [](const std::string& name) {
        return std::vector<data::Sample>{
            {name, 0, types::Bytes(std::vector<uint8_t>(size_t{1} << 20))}};
    };
    EXPECT_TRUE(gathering.add(megabyte("a")));
    EXPECT_TRUE(gathering.add(megabyte("b")));
    const auto added = gathering.add(megabyte("c"));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().message(),
              "the samples take more than 2 MiB of memory: c: reduce them to the size of the "
              "model's input, or give fewer");
}

}  // namespace
