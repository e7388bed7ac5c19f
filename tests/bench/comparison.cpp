// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <vector>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

double secondsOf(const std::function<void()>& work, int calls) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; ++i)
        work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Row {
    std::string name;
    Times times;
};

std::map<std::string, std::vector<Row>>& groups() {
    static std::map<std::string, std::vector<Row>> all;
    return all;
}

void printGroup(const std::string& group, const std::vector<Row>& rows) {
    std::printf("\n%-44s %10s %12s %7s\n", group.c_str(), "ours us", "XNNPACK us", "ratio");
    double logs = 0, least = INFINITY;
    for (const Row& row : rows) {
        std::printf("  %-42s %10.2f %12.2f %7.2f\n", row.name.c_str(), row.times.ours,
                    row.times.theirs, row.times.ratio());
        logs += std::log(row.times.ratio());
        least = std::min(least, row.times.ratio());
    }
    std::printf("  geometric mean of %zu: %.2f, smallest %.2f\n", rows.size(),
                std::exp(logs / static_cast<double>(rows.size())), least);
}

}  // namespace

Times compare(const std::function<void()>& ours, const std::function<void()>& theirs,
              double seconds) {
    ours();
    theirs();
    // Blocks of about 100 us: longer than the clock's steps, shorter than a time slice.
    const double once = std::min(secondsOf(ours, 3), secondsOf(theirs, 3)) / 3;
    const int calls = std::clamp(static_cast<int>(100e-6 / std::max(once, 1e-9)), 1, 10000);
    double best[2] = {INFINITY, INFINITY};
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    do {
        best[0] = std::min(best[0], secondsOf(ours, calls));
        best[1] = std::min(best[1], secondsOf(theirs, calls));
    } while (Clock::now() < end);
    return {best[0] * 1e6 / calls, best[1] * 1e6 / calls};
}

void record(const std::string& group, const std::string& name, Times times) {
    // Google Benchmark calls a benchmark several times: the shortest of each side counts.
    auto& rows = groups()[group];
    const auto known =
        std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name == name; });
    if (known == rows.end()) {
        rows.push_back({name, times});
    } else {
        known->times.ours = std::min(known->times.ours, times.ours);
        known->times.theirs = std::min(known->times.theirs, times.theirs);
    }
}

void printSummary() {
    for (const auto& [group, rows] : groups())
        printGroup(group, rows);
}

}  // namespace bench
