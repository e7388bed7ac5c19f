// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/result.h"

#include <gtest/gtest.h>

namespace {

using namespace types;

Result<int> failing() {
    return fail("cancelled");
}

Result<int> stopped() {
    return cancelled();
}

// The kind decides, not the text: a message may read like one of another kind.
TEST(Result, AStopIsAKindOfErrorAndNoText) {
    EXPECT_TRUE(stopped().error().isCancelled());
    EXPECT_FALSE(failing().error().isCancelled());
    EXPECT_EQ(stopped().error().message(), "cancelled");
}

TEST(Result, MessagesLeaveEmptyPartsOut) {
    EXPECT_EQ((Error{"what", "where", "remedy"}).message(), "what: where: remedy");
    EXPECT_EQ((Error{"what", "", "remedy"}).message(), "what: remedy");
}

}  // namespace
