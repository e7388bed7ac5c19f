// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/smallest_change.h"

#include <gtest/gtest.h>

#include "tflite/read.h"
#include "tflite/write.h"
#include "zoo/reference_models.h"

namespace {

using namespace types;
using search::FitSearch;
using search::SmallestChangeOptions;

constexpr int64_t kPlenty = int64_t{1} << 30;

DevicePtr boardOf(int64_t flash, int64_t sram) {
    auto device = std::make_shared<DeviceProfile>();
    device->id = device->name = "board";
    device->core = "Cortex-M4";
    device->flashBytes = flash;
    device->sramBytes = sram;
    return device;
}

GraphPtr keyword(zoo::Precision precision = zoo::Precision::Int8) {
    return *zoo::keywordDsCnn(precision);
}

FitSearch searched(const GraphPtr& graph, const DevicePtr& board,
                   SmallestChangeOptions options = {}) {
    options.evaluate.samples = 2;
    const auto search = search::findSmallestChange(graph, {}, board, options);
    EXPECT_TRUE(search) << search.error().message();
    return search ? *search : FitSearch{};
}

/// Footprint of the unchanged model.
footprint::Footprint needOf(const GraphPtr& graph, Runtime runtime = Runtime::Tflm) {
    return *footprint::of(*graph, *boardOf(kPlenty, kPlenty), runtime);
}

TEST(SmallestChange, NothingWhereItFits) {
    const GraphPtr graph = keyword();
    const auto need = needOf(graph);
    const auto search = searched(graph, boardOf(need.flash.usedBytes, need.sram.usedBytes));
    ASSERT_EQ(search.changes.size(), 1u);
    EXPECT_TRUE(search.changes[0].variation.isIdentity());
    EXPECT_EQ(search.attempts.size(), 1u);
}

TEST(SmallestChange, FloatsBecomeInt8First) {
    const GraphPtr graph = keyword(zoo::Precision::Float32);
    const auto need = needOf(graph);
    const auto search = searched(graph, boardOf(need.flash.usedBytes / 2, need.sram.usedBytes));
    ASSERT_EQ(search.changes.size(), 1u);
    EXPECT_EQ(search.changes[0].variation.quantize.precision, Precision::Int8);
    EXPECT_TRUE(search.changes[0].evaluation->totals.sqnrDb.has_value());
    EXPECT_LE(search.changes[0].trial.footprint.flash.usedBytes, need.flash.usedBytes / 2);
}

TEST(SmallestChange, FourBitsSaveFlash) {
    const GraphPtr graph = keyword();
    const auto need = needOf(graph);
    const auto search = searched(graph, boardOf(need.flash.usedBytes * 9 / 10, kPlenty));
    ASSERT_FALSE(search.changes.empty());
    EXPECT_EQ(search.changes[0].variation.quantize.precision, Precision::Int8W4);
    EXPECT_EQ(search.changes[0].variation.prune.channels, 0);
}

// One percent less does not fit, and the reported sizes are those of the file.
TEST(SmallestChange, PrunesNoFurtherThanItMust) {
    const GraphPtr graph = keyword();
    const auto need = needOf(graph);
    const DevicePtr board = boardOf(kPlenty, need.sram.usedBytes * 3 / 4);
    const auto search = searched(graph, board);
    bool sawPruning = false;
    for (const search::FittingChange& change : search.changes) {
        EXPECT_TRUE(change.trial.footprint.fits());
        const auto written = tflite::writeBytes(*change.trial.graph);
        EXPECT_EQ(change.trial.footprint.flash.usedBytes, static_cast<int64_t>(written.size()));
        const double share = change.variation.prune.channels;
        if (share == 0) continue;
        sawPruning = true;
        Variation less = change.variation;
        less.prune.channels -= 0.01;
        const auto varied = engine::evaluate(graph, less, board);
        ASSERT_TRUE(varied);
        EXPECT_FALSE((*varied)->sram->fits());
    }
    EXPECT_TRUE(sawPruning);
    // Fewer bits per weight would not help here.
    for (const search::FitAttempt& attempt : search.attempts)
        EXPECT_EQ(attempt.what.find("w4"), std::string::npos) << attempt.what;
}

TEST(SmallestChange, SaysSoWhenNothingHelps) {
    const auto search = searched(keyword(), boardOf(100, 100));
    EXPECT_TRUE(search.changes.empty());
    EXPECT_GE(search.attempts.size(), 4u);
    for (const search::FitAttempt& attempt : search.attempts)
        EXPECT_TRUE(attempt.excessBytes > 0 || !attempt.problem.empty()) << attempt.what;
}

TEST(SmallestChange, OurOwnRuntimeNeedsLess) {
    const GraphPtr graph = keyword();
    const auto own = needOf(graph, Runtime::Netcaliper);
    EXPECT_LT(own.sram.usedBytes, needOf(graph).sram.usedBytes);
    SmallestChangeOptions options;
    options.runtime = Runtime::Netcaliper;
    const auto board = boardOf(own.flash.usedBytes, own.sram.usedBytes);
    EXPECT_EQ(searched(graph, board, options).attempts.size(), 1u);
    EXPECT_GT(searched(graph, board).attempts.size(), 1u);
}

// A schedule changes no output, so it comes before everything that does.
TEST(SmallestChange, OurOwnRuntimeIsScheduledBeforeAnythingIsRemoved) {
    const GraphPtr graph = keyword();
    const auto own = needOf(graph, Runtime::Netcaliper);
    SmallestChangeOptions options;
    options.runtime = Runtime::Netcaliper;
    const DevicePtr board = boardOf(kPlenty, own.sram.usedBytes - 3000);
    const auto search = searched(graph, board, options);
    ASSERT_EQ(search.changes.size(), 1u);
    const search::FittingChange& change = search.changes[0];
    EXPECT_TRUE(change.variation.schedule.sram.has_value());
    EXPECT_FALSE(change.variation.removesChannels());
    EXPECT_TRUE(change.trial.footprint.fits());
    EXPECT_LE(change.trial.footprint.sram.usedBytes, board->sramBytes);
    EXPECT_EQ(search.attempts.size(), 1u);
    // TFLM has no schedules.
    for (const search::FittingChange& other : searched(graph, board).changes)
        EXPECT_FALSE(other.variation.schedule.isSet());
}

// Two branches, each wide for a while: one after the other needs less than side by side.
TEST(SmallestChange, AnotherOrderOfOperatorsIsWritten) {
    zoo::GraphBuilder build("branches", zoo::Precision::Int8);
    const auto x = build.input({1, 16, 16, 4});
    const auto a = build.conv(x, 32, 3), b = build.conv(x, 32, 3);
    const auto small = build.conv(a, 4, 3), other = build.conv(b, 4, 3);
    const GraphPtr graph = *build.finish({build.add(small, other)});
    const auto need = needOf(graph);
    const auto search = searched(graph, boardOf(kPlenty, need.sram.usedBytes - 4000));
    ASSERT_FALSE(search.changes.empty());
    EXPECT_TRUE(search.changes[0].trial.isReordered);
    EXPECT_TRUE(search.changes[0].variation.isIdentity());
    const auto bytes = tflite::writeBytes(*search.changes[0].trial.graph);
    const auto again = tflite::readBytes(bytes, "again");
    ASSERT_TRUE(again) << again.error().message();
    EXPECT_EQ(needOf(*again).sram.usedBytes, search.changes[0].trial.footprint.sram.usedBytes);
}

TEST(SmallestChange, StopsAndReports) {
    std::stop_source source;
    double last = -1;
    const auto watch = [&](double share, const char*) {
        EXPECT_GE(share, last);
        last = share;
        if (share > 0.1) source.request_stop();
    };
    const auto search = search::findSmallestChange(keyword(), {}, boardOf(100, 100), {},
                                                   {source.get_token(), watch});
    ASSERT_FALSE(search);
    EXPECT_TRUE(search.error().isCancelled());
    EXPECT_GT(last, 0.1);
}

TEST(SmallestChange, NeedsABoard) {
    EXPECT_FALSE(search::findSmallestChange(keyword(), {}, nullptr, {}));
}

// A model that TFLM refuses has no arena, so no change makes it fit that can be known to.
TEST(SmallestChange, AnUnknownNeedNeverFits) {
    Graph refused = *keyword();
    Op extra = refused.ops.back();
    extra.kind = OpKind::GELU;
    extra.options = {};
    extra.inputs = {refused.outputs[0]};
    refused.tensors.push_back(refused.tensor(refused.outputs[0]));
    extra.outputs = {static_cast<int32_t>(refused.tensors.size()) - 1};
    refused.ops.push_back(extra);
    refused.outputs = extra.outputs;
    const auto graph = std::make_shared<const Graph>(refused);
    EXPECT_EQ(needOf(graph).verdict(), Verdict::Unknown);
    const auto search = searched(graph, boardOf(kPlenty, kPlenty));
    EXPECT_TRUE(search.changes.empty());
    ASSERT_FALSE(search.attempts.empty());
    EXPECT_NE(search.attempts[0].unknownReason.find("GELU"), std::string::npos);
    EXPECT_FALSE(search.attempts[0].fits());
}

}  // namespace
