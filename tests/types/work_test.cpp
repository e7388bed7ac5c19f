// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/work.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace {

using types::Work;
using Report = std::pair<double, std::string>;

TEST(Work, APartReportsItsShareOfTheWhole) {
    Report last;
    const Work whole{{}, [&](double share, const char* step) { last = {share, step}; }, 3};
    const Work part = whole.part(0.2, 0.6);
    EXPECT_EQ(part.threads, 3);
    part.report(0.5, "fitting");
    EXPECT_EQ(last, Report(0.4, "fitting"));
    part.part(0.5, 1, "rounding").report(1, "running samples");
    EXPECT_EQ(last, Report(0.6, "rounding"));
}

TEST(Work, APartOutlivesTheWhole) {
    double last = -1;
    Work part;
    {
        const Work whole{{}, [&](double share, const char*) { last = share; }};
        part = whole.part(0, 0.5);
    }
    part.report(1, "");
    EXPECT_EQ(last, 0.5);
}

TEST(Work, AStopReachesEveryPart) {
    std::stop_source source;
    const Work whole{source.get_token()};
    const Work part = whole.part(0, 1), quiet = whole.quiet();
    EXPECT_FALSE(part.isStopped());
    source.request_stop();
    EXPECT_TRUE(part.isStopped());
    EXPECT_TRUE(quiet.isStopped());
}

TEST(Work, NobodyNeedsToListen) {
    Work().part(0, 1).report(0.5, "alone");
    EXPECT_GE(Work().threads, 1);
    int calls = 0;
    Work{{}, [&](double, const char*) { ++calls; }}.quiet().report(0.5, "alone");
    EXPECT_EQ(calls, 0);
}

}  // namespace
