// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/npy.h"

#include <gtest/gtest.h>

#include <cstring>

#include "support/temporary_dir.h"

namespace {

using types::DataType;

std::vector<uint8_t> npyBytes(const std::string& dictionary, size_t dataBytes) {
    std::vector<uint8_t> bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    bytes.push_back(static_cast<uint8_t>(dictionary.size()));
    bytes.push_back(0);
    bytes.insert(bytes.end(), dictionary.begin(), dictionary.end());
    bytes.resize(bytes.size() + dataBytes, 5);
    return bytes;
}

TEST(Npy, WhatIsWrittenIsReadBack) {
    const support::TemporaryDir dir;
    const std::vector<uint8_t> payload = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    for (const types::Shape& shape : {types::Shape{3, 2}, types::Shape{6}, types::Shape{1, 2, 3}}) {
        ASSERT_TRUE(data::writeNpy(dir / "a.npy", DataType::Int16, shape, payload));
        const auto array = data::readNpy(dir / "a.npy");
        ASSERT_TRUE(array) << array.error().message();
        EXPECT_EQ(array->type, DataType::Int16);
        EXPECT_EQ(array->shape, shape);
        EXPECT_EQ(array->bytes, payload);
    }
}

TEST(Npy, DataStartAtAMultipleOf64) {
    const support::TemporaryDir dir;
    const std::vector<uint8_t> payload(8, 1);
    ASSERT_TRUE(data::writeNpy(dir / "a.npy", DataType::Float32, {2}, payload));
    EXPECT_EQ((std::filesystem::file_size(dir / "a.npy") - payload.size()) % 64, 0u);
}

TEST(Npy, ReadsWhatNumpyWrites) {
    const auto array = data::parseNpy(
        npyBytes("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", 6), "x");
    ASSERT_TRUE(array);
    EXPECT_EQ(array->type, DataType::Int8);
    EXPECT_EQ(array->shape, (types::Shape{2, 3}));
}

std::string problemOf(const std::string& dictionary, size_t dataBytes) {
    const auto array = data::parseNpy(npyBytes(dictionary, dataBytes), "x.npy");
    return array ? "" : array.error().what;
}

TEST(Npy, SaysWhatItCannotRead) {
    EXPECT_EQ(problemOf("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }", 16),
              "element type '<c8' is not supported");
    EXPECT_EQ(problemOf("{'descr': '<f4', 'fortran_order': False, 'shape': (9,), }", 8),
              "the file ends after 8 of 36 data bytes");
    EXPECT_EQ(problemOf("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 8),
              "the shape is missing or too large");
}

TEST(Npy, FortranOrderAndBigEndianElementsBecomeTheUsualOnes) {
    auto bytes = npyBytes("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }", 0);
    // Columns 1 4, 2 5, 3 6.
    for (const uint8_t value : {1, 4, 2, 5, 3, 6}) {
        bytes.push_back(0);
        bytes.push_back(value);
    }
    const auto array = data::parseNpy(bytes, "x");
    ASSERT_TRUE(array) << array.error().message();
    EXPECT_EQ(array->shape, (types::Shape{2, 3}));
    EXPECT_EQ(array->bytes, (std::vector<uint8_t>{1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0}));
}

TEST(Npy, RefusesAHeaderLongerThanTheFile) {
    std::vector<uint8_t> bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0xFF, 0xFF};
    EXPECT_FALSE(data::parseNpy(bytes, "x"));
}

}  // namespace
