// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/overlap.h"

#include <gtest/gtest.h>

#include "data/name_groups.h"

namespace {

data::Sample sampleOf(uint8_t content, const std::string& name) {
    return {name, 0, types::Bytes(std::vector<uint8_t>{content, 1, 2})};
}

TEST(Overlap, FindsEqualSamplesUnderOtherNames) {
    data::Dataset learned, judged;
    learned.samples = {sampleOf(1, "a"), sampleOf(2, "b"), sampleOf(3, "c")};
    judged.samples = {sampleOf(2, "x"), sampleOf(9, "a")};
    EXPECT_EQ(data::unseenBy(learned, judged), (std::vector<int32_t>{0, 2}));
}

TEST(Overlap, SamplesAreKnownByTheirHashes) {
    data::Dataset judged;
    judged.samples = {sampleOf(2, "x"), sampleOf(9, "a")};
    const std::vector<uint64_t> hashes = {data::contentHash(sampleOf(9, "another name"))};
    EXPECT_EQ(data::unseenBy(judged, hashes), std::vector<int32_t>{0});
    EXPECT_EQ(data::unseenBy(judged, std::vector<uint64_t>()), (std::vector<int32_t>{0, 1}));
}

TEST(NameGroups, TellSpeakersAndRecordings) {
    EXPECT_EQ(data::groupOfName("yes/0a7c2a8d_nohash_1.wav"), "0a7c2a8d");
    EXPECT_EQ(data::groupOfName("up_Speaker-12_3.wav"), "speaker12");
    EXPECT_EQ(data::groupOfName("session4.csv"), "session4");
    EXPECT_EQ(data::groupOfName("tst_000001_Left_2.bin"), "");
    EXPECT_EQ(data::groupOfName("superuser1.png"), "");
}

}  // namespace
