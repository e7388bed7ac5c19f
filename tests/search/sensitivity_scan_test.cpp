// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sensitivity_scan.h"

#include <gtest/gtest.h>

#include "engine/evaluate.h"
#include "support/classifier_data.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "transform/apply.h"

namespace {

using namespace types;

TEST(SensitivityScan, FindsWhatEachChangeAloneDoes) {
    const auto graph = classified::classifier();
    const auto dataset = classified::labelledBy(*graph, 64);
    search::SensitivityOptions options;
    options.precisions = {};
    options.pruneShare = 0.5;
    const auto scan = search::scanSensitivity(graph, dataset, options);
    ASSERT_TRUE(scan) << scan.error().message();
    EXPECT_FALSE(scan->rows.empty());
    const auto inputs = *scoring::realInputs(*dataset, *graph);
    for (const LayerSensitivity& row : scan->rows) {
        if (!row.problem.empty()) continue;
        // Skipping the common prefix gives the same result as running the whole model.
        Variation alone;
        alone.channelMultiple = 1;
        alone.layers[row.op] = row.change;
        const auto varied = transform::apply(graph, alone);
        ASSERT_TRUE(varied);
        const auto before = scoring::runOnSamples(*graph, *inputs);
        const auto after = scoring::runOnSamples(*varied->graph, *inputs);
        const auto agreement = scoring::compareOutputs(*graph, *before, *after);
        EXPECT_EQ(row.sqnrDb.has_value(), agreement.sqnrDb.has_value()) << row.layer;
        if (row.sqnrDb && agreement.sqnrDb) {
            EXPECT_NEAR(*row.sqnrDb, *agreement.sqnrDb, 1e-6) << row.layer;
        }
        EXPECT_GT(row.savedMacs, 0) << row.layer;
    }
}

TEST(SensitivityScan, TheMostSensitiveComesFirst) {
    const auto graph = classified::classifier();
    search::SensitivityOptions options;
    options.samples = 16;
    const auto scan = search::scanSensitivity(graph, nullptr, options);
    ASSERT_TRUE(scan) << scan.error().message();
    EXPECT_EQ(scan->samples, 16);
    double last = -1e9;
    for (const LayerSensitivity& row : scan->rows) {
        if (!row.sqnrDb) continue;
        EXPECT_GE(*row.sqnrDb, last);
        last = *row.sqnrDb;
    }
}

TEST(SensitivityScan, StopsWhenAsked) {
    const auto graph = classified::classifier();
    std::stop_source stop;
    const types::Work work{stop.get_token(), [&](double, const char*) { stop.request_stop(); }};
    const auto scan = search::scanSensitivity(graph, nullptr, {}, work);
    ASSERT_FALSE(scan);
    EXPECT_TRUE(scan.error().isCancelled());
}

}  // namespace
