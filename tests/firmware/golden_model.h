// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <gtest/gtest.h>

#include <string>

#include "tflite/read.h"

namespace test {

/// Null, with a failure of the test, where it cannot be read.
inline types::GraphPtr golden(const std::string& name) {
    const auto graph =
        tflite::read(std::string(NETCALIPER_SOURCE_DIR) + "/tests/golden/models/" + name);
    EXPECT_TRUE(graph.has_value()) << name;
    return graph ? *graph : nullptr;
}

}  // namespace test
