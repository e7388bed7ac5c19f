// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/npz.h"

#include <gtest/gtest.h>

#include "support/temporary_dir.h"
#include "written_files.h"

namespace {

const std::map<std::string, data::Array> kArrays = {
    {"x", {types::DataType::UInt8, {2, 3}, {1, 2, 3, 4, 5, 6}}},
    {"y", {types::DataType::Int8, {2}, {0, 1}}}};

TEST(Npz, WhatIsWrittenIsReadBack) {
    const support::TemporaryDir dir;
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", kArrays));
    const auto arrays = data::readNpz(dir / "a.npz", {"x", "y"});
    ASSERT_TRUE(arrays) << arrays.error().message();
    ASSERT_EQ(arrays->size(), 2u);
    EXPECT_EQ(arrays->at("x").shape, (types::Shape{2, 3}));
    EXPECT_EQ(arrays->at("x").bytes, kArrays.at("x").bytes);
    EXPECT_EQ(arrays->at("y").type, types::DataType::Int8);
}

TEST(Npz, OnlyWantedArraysAreUnpacked) {
    const support::TemporaryDir dir;
    ASSERT_TRUE(data::writeNpz(dir / "a.npz", kArrays));
    const auto arrays = data::readNpz(dir / "a.npz", {"y", "z"});
    ASSERT_TRUE(arrays) << arrays.error().message();
    ASSERT_EQ(arrays->size(), 1u);
    EXPECT_TRUE(arrays->contains("y"));
}

TEST(Npz, TheSameArraysGiveTheSameBytes) {
    const support::TemporaryDir dir;
    const auto content = [&](const char* name) {
        EXPECT_TRUE(data::writeNpz(dir / name, kArrays));
        std::ifstream stream(dir / name, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(stream), {}};
    };
    EXPECT_EQ(content("a.npz"), content("b.npz"));
}

TEST(Npz, WhatIsNoArchiveIsRefused) {
    const support::TemporaryDir dir;
    written::text(dir / "a.npz", "PK no archive");
    const auto arrays = data::readNpz(dir / "a.npz", {"x", "y"});
    ASSERT_FALSE(arrays);
    EXPECT_NE(arrays.error().where.find("a.npz"), std::string::npos);
}

}  // namespace
