// SPDX-License-Identifier: GPL-3.0-or-later
// Searches: what they find, that they keep limits, and that they are seeded and resumed.
#include "search/best/find_best.h"

#include <gtest/gtest.h>

#include <set>

#include "search/best/quality_model.h"
#include "search/best/ranking.h"
#include "search/best/soft_widths.h"
#include "search/front/exact_hypervolume.h"
#include "search/seeded_numbers.h"
#include "search/space/draw_space.h"
#include "store/sweep_database.h"
#include "support/classifier_data.h"
#include "support/temporary_dir.h"
#include "transform/document/variation_file.h"

namespace {

using namespace types;
using namespace search;

/// Two groups of eight channels and three precisions: 192 networks.
constexpr const char* kSpace =
    R"({"layers": {"*": {"width": {"from": 0.125, "to": 1, "steps": 8}}}, "channel_multiple": 1,
        "prune": {"recover": false},
        "quantize": {"values": ["as-stored", "int8", "int16x8"]}})";

/// The same without the precisions, whose calibration takes most of the time.
constexpr const char* kWidths =
    R"({"layers": {"*": {"width": {"from": 0.125, "to": 1, "steps": 8}}}, "channel_multiple": 1,
        "prune": {"recover": false}})";

SweepSubject subjectWithData(int32_t samples = 120) {
    SweepSubject subject;
    subject.graph = classified::classifier();
    subject.program = "1";
    subject.options.samples = 1;
    subject.options.data.dataset = classified::labelledBy(*subject.graph, samples);
    return subject;
}

Goal goalOf(const std::string& objective, const std::vector<std::string>& limits) {
    Goal goal;
    goal.objective = metricNamed(objective);
    for (const std::string& limit : limits)
        goal.limits.push_back(*parseLimit(limit));
    return goal;
}

Space spaceFor(const SweepSubject& subject, const std::string& text = kSpace) {
    auto space = Space::parse(text, "space", subject.graph);
    EXPECT_TRUE(space) << space.error().message();
    return std::move(*space);
}

Result<BestFound> foundIn(const std::filesystem::path& file, const SweepSubject& subject,
                          const Space& space, const SearchOptions& options) {
    auto store = store::openSweepStore(file.string(), store::IfMissing::Create);
    EXPECT_TRUE(store) << store.error().message();
    return findBest(**store, file.string(), subject, space, options, Work{{}, {}, 2});
}

BestFound found(const SweepSubject& subject, const Space& space, SearchOptions options) {
    const support::TemporaryDir dir;
    options.owner = "test";
    auto result = foundIn(dir / "search.db", subject, space, options);
    EXPECT_TRUE(result) << result.error().message();
    return result ? std::move(*result) : BestFound();
}

TEST(Search, ExhaustiveFindsTheBestWithinLimits) {
    const SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject);
    SearchOptions options;
    options.strategy = Strategy::Exhaustive;
    options.goal = goalOf("accuracy", {"macs=7k"});
    const BestFound best = found(subject, space, options);
    ASSERT_TRUE(best.best);
    for (const SweptPoint& point : best.front) {
        EXPECT_LE(point.answer.totals.at("macs"), 7'000);
        EXPECT_FALSE(options.goal.isBetter(point.answer, best.best->point.answer));
    }
    EXPECT_GT(best.costed, best.evaluations) << "what misses a limit of costs is not run";
    EXPECT_GT(best.hypervolume, 0);
    EXPECT_LE(best.hypervolume, 1);
}

TEST(Search, EvolutionComesNearTheTruthWithFewEvaluations) {
    const SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject);
    SearchOptions options;
    options.goal = goalOf("accuracy", {"macs=9k", "model=6KiB"});
    options.strategy = Strategy::Exhaustive;
    const BestFound truth = found(subject, space, options);
    options.strategy = Strategy::Evolution;
    options.population = 12;
    options.evaluations = 40;
    const BestFound evolved = found(subject, space, options);
    EXPECT_LE(evolved.evaluations, 40);
    EXPECT_GT(truth.evaluations, 50);
    EXPECT_GT(evolved.hypervolume, 0.9 * truth.hypervolume);
    EXPECT_LE(evolved.hypervolume, truth.hypervolume + 1e-12);
    for (size_t i = 1; i < evolved.progress.size(); ++i)
        EXPECT_GE(evolved.progress[i].hypervolume, evolved.progress[i - 1].hypervolume);
}

TEST(Search, EqualSeedsGiveEqualSearches) {
    const SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject, kWidths);
    SearchOptions options;
    options.goal = goalOf("agreement", {"macs=8k"});
    options.population = 8;
    options.evaluations = 30;
    const BestFound first = found(subject, space, options), again = found(subject, space, options);
    ASSERT_EQ(first.front.size(), again.front.size());
    for (size_t i = 0; i < first.front.size(); ++i)
        EXPECT_EQ(first.front[i].variation, again.front[i].variation);
}

TEST(Search, ASearchThatEndedEarlyGoesOnFromItsDatabase) {
    const support::TemporaryDir dir;
    const SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject, kWidths);
    SearchOptions options;
    options.owner = "test";
    options.goal = goalOf("agreement", {"macs=8k"});
    options.population = 8;
    options.evaluations = 16;
    const auto first = foundIn(dir / "search.db", subject, space, options);
    options.evaluations = 40;
    const auto second = foundIn(dir / "search.db", subject, space, options);
    ASSERT_TRUE(first && second);
    EXPECT_GE(second->hypervolume, first->hypervolume);
    const BestFound alone = found(subject, space, options);
    ASSERT_EQ(second->front.size(), alone.front.size());
    for (size_t i = 0; i < alone.front.size(); ++i)
        EXPECT_EQ(second->front[i].variation, alone.front[i].variation);
}

TEST(Search, TheBestIsJudgedOnSamplesThatNoCandidateSaw) {
    const SweepSubject subject = subjectWithData(200);
    const Space space = spaceFor(subject);
    SearchOptions options;
    options.goal = goalOf("accuracy", {"macs=9k"});
    options.population = 8;
    options.evaluations = 16;
    const BestFound best = found(subject, space, options);
    ASSERT_TRUE(best.best && best.best->quality);
    EXPECT_NE(best.judgedOn.find("judging part"), std::string::npos);
    EXPECT_NEAR(best.best->quality->samples, 60, 3);
    ASSERT_TRUE(best.originalQuality);
    EXPECT_EQ(best.originalQuality->top1->value, 1) << "the labels are the original's choices";
    EXPECT_TRUE(best.best->graph);
}

TEST(Search, LimitsThatNothingKeepsAreSaid) {
    const SweepSubject subject = subjectWithData();
    SearchOptions options;
    options.goal = goalOf("accuracy", {"macs=10"});
    options.population = 8;
    options.evaluations = 16;
    const BestFound none = found(subject, spaceFor(subject), options);
    EXPECT_FALSE(none.best);
    EXPECT_FALSE(none.reason.empty());
    EXPECT_TRUE(none.front.empty());
}

TEST(Search, HalvingTrainsFew) {
    SweepSubject subject = subjectWithData(150);
    subject.train.epochs = 5;
    SearchOptions options;
    options.strategy = Strategy::Halving;
    options.goal = goalOf("accuracy", {"macs=8k"});
    options.population = 4;
    const BestFound best = found(subject, spaceFor(subject), options);
    ASSERT_TRUE(best.best);
    EXPECT_GT(best.evaluations, 4);
    std::set<int32_t> epochs;
    for (const SweptPoint& point : best.front)
        epochs.insert(point.variation.train.epochs);
    EXPECT_FALSE(epochs.empty());
    ASSERT_EQ(best.progress.size(), 3u) << "three rounds";
    const int64_t untrained = best.progress[0].evaluations;
    EXPECT_LE(best.progress[1].evaluations - untrained, untrained / 3 + 1);
}

TEST(Search, GradientsFindWidthsWithinLimits) {
    SweepSubject subject = subjectWithData(150);
    subject.train.epochs = 3;
    SearchOptions options;
    options.strategy = Strategy::Gradient;
    options.goal = goalOf("accuracy", {"macs=8k"});
    const BestFound best = found(subject, spaceFor(subject, R"({"width": 1})"), options);
    ASSERT_TRUE(best.best) << best.reason;
    EXPECT_LE(best.best->point.answer.totals.at("macs"), 8000);
    EXPECT_FALSE(best.best->point.variation.layers.empty());
    EXPECT_GT(best.best->point.variation.train.epochs, 0);
}

// The derivative of a loss by a width is that of small differences.
TEST(Search, WidthsHaveADerivative) {
    const GraphPtr graph = classified::classifier();
    auto soft = SoftWidths::create(*graph);
    ASSERT_TRUE(soft) << soft.error().message();
    ASSERT_GE(soft->count(), 2u);
    learning::NetworkOptions options;
    options.batch = 4;
    options.threads = 1;
    auto network = learning::Network::build(*graph, options);
    ASSERT_TRUE(network) << network.error().message();
    std::vector<float> inputs;
    for (size_t i = 0; i < 4 * network->inputSize(); ++i)
        inputs.push_back(static_cast<float>(i % 7) / 7 - 0.4f);
    const auto lossAt = [&](const std::vector<double>& widths) {
        EXPECT_TRUE(soft->apply(*network, widths));
        EXPECT_TRUE(network->forward(inputs));
        double sum = 0;
        for (float value : network->outputs())
            sum += 0.5 * double{value} * double{value};
        return sum;
    };
    const std::vector<double> widths(soft->count(), 0.6);
    lossAt(widths);
    const std::vector<float> outputs(network->outputs().begin(), network->outputs().end());
    ASSERT_TRUE(network->backward(outputs));
    const auto gradient = soft->gradient(*network, widths);
    for (size_t g = 0; g < widths.size(); ++g) {
        auto low = widths, high = widths;
        low[g] -= 1e-3, high[g] += 1e-3;
        const double difference = (lossAt(high) - lossAt(low)) / 2e-3;
        EXPECT_NEAR(gradient[g], difference, 0.02 * std::abs(difference) + 1e-3) << g;
    }
}

TEST(Search, AModelOfQualityFollowsTrendsAndNeighbours) {
    const SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject);
    std::vector<Point> points;
    std::vector<double> values;
    const auto truth = [](const Point& p) {
        return 0.5 + 0.05 * p[0] - 0.01 * p[0] * p[0] + 0.03 * p[1] + (p[2] == 1 ? 0.2 : 0);
    };
    SeededNumbers numbers(3);
    for (int i = 0; i < 40; ++i) {
        points.push_back({numbers.below(8), numbers.below(8), numbers.below(3)});
        values.push_back(truth(points.back()));
    }
    ASSERT_EQ(space.dimensions().size(), 5u);
    for (Point& point : points)
        point = {0, point[0], point[1], 0, point[2]};
    const QualityModel model(space, points, values);
    for (size_t i = 0; i < points.size(); ++i)
        EXPECT_NEAR(model.at(points[i]), values[i], 0.05);
}

TEST(Search, WhatIsMissingIsSaidFirst) {
    const support::TemporaryDir dir;
    SweepSubject subject = subjectWithData();
    const Space space = spaceFor(subject);
    SearchOptions options;
    options.goal = goalOf("accuracy", {"latency=1ms"});
    const auto board = foundIn(dir / "a", subject, space, options);
    ASSERT_FALSE(board);
    EXPECT_NE(board.error().message().find("--device"), std::string::npos);
    options.goal = goalOf("accuracy", {});
    options.strategy = Strategy::Halving;
    EXPECT_FALSE(foundIn(dir / "b", subject, space, options));
    subject.options.data.dataset = nullptr;
    options.strategy = Strategy::Evolution;
    const auto data = foundIn(dir / "c", subject, space, options);
    ASSERT_FALSE(data);
    EXPECT_NE(data.error().message().find("--dataset"), std::string::npos);
}

TEST(Search, TheUsualSpaceHoldsChannelsAndPrecisions) {
    const GraphPtr graph = classified::classifier();
    const auto space = Space::usual(graph);
    ASSERT_TRUE(space) << space.error().message();
    std::set<std::string> paths;
    for (const Dimension& dimension : space->dimensions())
        paths.insert(dimension.path);
    EXPECT_TRUE(paths.contains("prune.channels"));
    EXPECT_TRUE(paths.contains("quantize"));
    EXPECT_GT(paths.size(), 3u);
}

TEST(Ranking, FeasibleOnesComeFirstAndThenThoseNearTheLimits) {
    std::vector<Ranked> population(4);
    population[0].excess = 0.5;
    population[1].excess = 0.1;
    population[2].values = {1, 2};
    population[3].values = {2, 3};
    rank(population);
    EXPECT_EQ(population[2].rank, 0);
    EXPECT_EQ(population[3].rank, 1);
    EXPECT_EQ(population[1].rank, 2);
    EXPECT_EQ(population[0].rank, 3);
    EXPECT_TRUE(isBefore(population[2], population[1]));
}

TEST(Ranking, LonelyOnesComeFirstWithinARank) {
    std::vector<Ranked> population(4);
    population[0].values = {0, 10};
    population[1].values = {1, 5};
    population[2].values = {1.2, 4.8};
    population[3].values = {10, 0};
    rank(population);
    EXPECT_TRUE(isBefore(population[0], population[1]));
    EXPECT_GT(population[2].crowding, population[1].crowding);
}

}  // namespace
