#include <gtest/gtest.h>
#include <chrono>
#include <cstdio>
#include "scheduling/front.h"
#include "tflite/read.h"
TEST(Try, Front) {
    const char* file = getenv("MODEL"); const bool feeds = getenv("FEEDS");
    auto graph = tflite::read(file);
    ASSERT_TRUE(graph);
    auto t0 = std::chrono::steady_clock::now();
    scheduling::FrontOptions o; o.feeds = feeds;
    auto front = scheduling::findFront(**graph, o);
    ASSERT_TRUE(front) << front.error().message();
    double s = std::chrono::duration<double>(std::chrono::steady_clock::now()-t0).count();
    printf("%.2f s, tried %ld, whole %ld, problems %zu\n", s, front->tried, front->whole.plan.arenaBytes, front->problems.size());
    for (auto& p : front->points) printf("%8ld B  x%.4f moved %ld calls %ld  %s\n", p.plan.arenaBytes, double(p.plan.macs)/front->whole.plan.macs, p.plan.movedBytes, p.plan.calls, scheduling::describe(front->problems[p.problem], p.schedule).c_str());
}
