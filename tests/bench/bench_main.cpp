// SPDX-License-Identifier: GPL-3.0-or-later
// Google Benchmark's main, then the comparisons' summary.

#include <benchmark/benchmark.h>

#include "comparison.h"

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    bench::printSummary();
    return 0;
}
