// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reading a data set that a test has written.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "data/dataset.h"

namespace written {

inline data::Dataset readGood(const std::filesystem::path& path,
                              const data::ReadOptions& options = {}) {
    auto dataset = data::readDataset(path, options);
    EXPECT_TRUE(dataset) << dataset.error().message();
    return dataset ? *dataset : data::Dataset();
}

/// What the error says, empty without one.
inline std::string problemOf(const std::filesystem::path& path) {
    const auto dataset = data::readDataset(path);
    return dataset ? "" : dataset.error().what;
}

}  // namespace written
