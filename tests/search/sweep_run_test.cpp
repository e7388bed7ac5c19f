// SPDX-License-Identifier: GPL-3.0-or-later
// Sweeps on one machine: resumed, stopped, shared by workers, and never wrong.
#include "search/sweep/run_sweep.h"

#include <gtest/gtest.h>

#include <thread>

#include "bytes/sha256.h"
#include "search/space/draw_space.h"
#include "search/sweep/item_crew.h"
#include "store/sweep_database.h"
#include "support/classifier_data.h"
#include "support/temporary_dir.h"
#include "transform/document/variation_file.h"

namespace {

using namespace types;
using namespace search;

SweepSubject subjectOf(bool hasData) {
    SweepSubject subject;
    subject.graph = classified::classifier();
    subject.program = "1";
    subject.options.samples = hasData ? 1 : 0;
    if (hasData) subject.options.data.dataset = classified::labelledBy(*subject.graph, 40);
    return subject;
}

std::vector<Variation> widths() {
    const auto space = Space::parse(R"({"width": {"from": 0.1, "to": 1, "steps": 20},
        "channel_multiple": 1, "quantize": {"values": ["as-stored", "int8"]}})",
                                    "space", classified::classifier());
    EXPECT_TRUE(space) << space.error().message();
    return search::drawSpace(*space, classified::classifier())->variations;
}

/// One sweep in a file of its own.
class SweepRunTest : public testing::Test {
protected:
    sweep::SweepStorePtr open() {
        auto opened =
            store::openSweepStore((m_dir / "sweep.db").string(), store::IfMissing::Create);
        EXPECT_TRUE(opened) << opened.error().message();
        return std::move(*opened);
    }
    void begin(SweepSubject& subject, const std::vector<Variation>& variations) {
        shareWork(subject, variations);
        const auto store = open();
        const auto begun = beginSweep(*store, specOf(subject, "space"), "sweep.db");
        ASSERT_TRUE(begun) << begun.error().message();
        ASSERT_TRUE(store->add(itemsOf(subject, variations)));
    }
    SweepRun run(const SweepSubject& subject, SweptFront& front, int64_t budget = 0,
                 const std::string& owner = "me", int threads = 2) {
        SweepRunOptions options;
        options.owner = owner;
        options.budget = budget;
        const auto store = open();
        const auto done = runSweep(*store, subject, options, front, Work{{}, {}, threads});
        EXPECT_TRUE(done) << done.error().message();
        return done ? *done : SweepRun();
    }

    support::TemporaryDir m_dir;
};

TEST_F(SweepRunTest, AnswersAreThoseOfEvaluate) {
    SweepSubject subject = subjectOf(true);
    const auto variations = widths();
    begin(subject, variations);
    SweptFront front(usualObjectives(true, false));
    const auto done = run(subject, front);
    EXPECT_EQ(done.status.done, std::ssize(variations));
    EXPECT_EQ(done.status.failed, 0);
    engine::EvaluateOptions plain = subject.options;
    plain.shared = nullptr;
    plain.layerErrors = true;
    const auto store = open();
    const auto outcomes = *store->outcomesAfter(0, 1000);
    ASSERT_EQ(std::ssize(outcomes), std::ssize(variations));
    for (const sweep::Outcome& outcome : outcomes) {
        const auto variation = *transform::parseVariation(outcome.variation, "item");
        const auto evaluation = engine::evaluate(subject.graph, variation, nullptr, plain);
        ASSERT_TRUE(evaluation) << evaluation.error().message();
        EXPECT_EQ(outcome.document, documentOf(answerOf(**evaluation))) << variation.label();
    }
}

TEST_F(SweepRunTest, TheFrontHoldsWhatNothingDominates) {
    SweepSubject subject = subjectOf(true);
    const auto variations = widths();
    begin(subject, variations);
    SweptFront front(*parseMetrics("agreement,macs"));
    run(subject, front);
    const auto points = front.points();
    ASSERT_FALSE(points.empty());
    for (const SweptPoint& a : points)
        for (const SweptPoint& b : points) {
            const auto x = objectivesOf(a.answer, front.objectives());
            const auto y = objectivesOf(b.answer, front.objectives());
            EXPECT_FALSE(dominates(*x, *y));
        }
    EXPECT_EQ(front.rejected(), 0);
}

TEST_F(SweepRunTest, AskingAgainResumes) {
    SweepSubject subject = subjectOf(false);
    const auto variations = widths();
    begin(subject, variations);
    SweptFront first(usualObjectives(false, false)), second(usualObjectives(false, false));
    EXPECT_EQ(run(subject, first, 3).evaluated, 3);
    const auto rest = run(subject, second, 0, "another");
    EXPECT_EQ(rest.evaluated, std::ssize(variations) - 3);
    EXPECT_EQ(rest.status.done, std::ssize(variations));
    EXPECT_EQ(second.taken(), std::ssize(variations)) << "those of the first run included";
    SweptFront third(usualObjectives(false, false));
    EXPECT_EQ(run(subject, third, 0).evaluated, 0);
}

TEST_F(SweepRunTest, WorkersShareOneSweep) {
    SweepSubject subject = subjectOf(false);
    const auto variations = widths();
    begin(subject, variations);
    std::vector<SweepRun> runs(3);
    std::vector<std::thread> threads;
    for (size_t i = 0; i < runs.size(); ++i)
        threads.emplace_back([&, i] {
            SweptFront front(usualObjectives(false, false));
            runs[i] = run(subject, front, 0, "worker " + std::to_string(i), 1);
        });
    for (std::thread& thread : threads)
        thread.join();
    int64_t evaluated = 0;
    for (const SweepRun& each : runs) {
        evaluated += each.evaluated;
        EXPECT_EQ(each.different, 0);
        EXPECT_EQ(each.status.done, std::ssize(variations));
    }
    EXPECT_EQ(evaluated, std::ssize(variations));
}

// SIGTERM, the end of a job's time and Ctrl-C all stop the work in this way.
TEST_F(SweepRunTest, StoppedWorkHandsLeasesBack) {
    SweepSubject subject = subjectOf(true);
    const auto variations = widths();
    begin(subject, variations);
    std::stop_source stop;
    SweepRunOptions options;
    options.owner = "stopped";
    SweptFront front(usualObjectives(true, false));
    const auto store = open();
    stop.request_stop();
    const auto done = runSweep(*store, subject, options, front, Work{stop.get_token(), {}, 2});
    ASSERT_TRUE(done) << done.error().message();
    EXPECT_TRUE(done->wasStopped);
    EXPECT_EQ(done->status.running, 0);
    EXPECT_EQ(done->status.open + done->status.done, std::ssize(variations));
}

TEST_F(SweepRunTest, ATimeLimitEndsARunNotASweep) {
    SweepSubject subject = subjectOf(false);
    begin(subject, widths());
    SweepRunOptions options;
    options.owner = "late";
    options.deadline = std::chrono::steady_clock::now();
    SweptFront front(usualObjectives(false, false));
    const auto store = open();
    const auto done = runSweep(*store, subject, options, front, {});
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->wasStopped);
    EXPECT_EQ(done->status.running, 0);
}

TEST_F(SweepRunTest, WhatCannotBeMadeFailsWithItsReason) {
    SweepSubject subject = subjectOf(false);
    std::vector<Variation> variations(2);
    variations[1].layers[99].width = 0.5;
    begin(subject, variations);
    SweptFront front(usualObjectives(false, false));
    const auto done = run(subject, front);
    EXPECT_EQ(done.status.done, 1);
    EXPECT_EQ(done.status.failed, 1);
    EXPECT_FALSE(done.status.lastError.empty());
}

TEST_F(SweepRunTest, AnotherProgramVersionIsRefusedInOneSentence) {
    SweepSubject subject = subjectOf(false);
    begin(subject, widths());
    subject.program = "2";
    const auto store = open();
    const auto begun = beginSweep(*store, specOf(subject, "space"), "sweep.db");
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().message(),
              "was begun by version 1 of the program, this is version 2: sweep.db: use a database "
              "of its own for each sweep");
}

TEST_F(SweepRunTest, AnotherSweepIsRefusedInOneSentence) {
    SweepSubject subject = subjectOf(false);
    begin(subject, widths());
    subject.graph = classified::classifier(zoo::Precision::Int8);
    const auto store = open();
    const auto begun = beginSweep(*store, specOf(subject, "another space"), "sweep.db");
    ASSERT_FALSE(begun);
    EXPECT_NE(begun.error().message().find("another model and another space"), std::string::npos)
        << begun.error().message();
}

TEST_F(SweepRunTest, ADatabaseThatGoesAwayEndsARunInOneSentence) {
    SweepSubject subject = subjectOf(true);
    begin(subject, widths());
    const auto store = open();
    SweepRunOptions options;
    options.owner = "me";
    options.onAnswers = [&](const SweptFront&, const sweep::SweepStatus&) {
        std::filesystem::remove(m_dir / "sweep.db");
    };
    SweptFront front(usualObjectives(true, false));
    const auto done = runSweep(*store, subject, options, front, Work{{}, {}, 2});
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().message().find("the database is gone"), std::string::npos);
}

// A database is written by others: what it holds is checked before it is used.
TEST_F(SweepRunTest, AHostileDatabaseIsNotBelieved) {
    SweepSubject subject = subjectOf(false);
    begin(subject, widths());
    const auto store = open();
    const auto answer = [](const std::string& text) {
        return bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
    };
    const std::vector<std::string> documents = {
        "{", "[]", "{\"totals\": 3}", R"({"totals":{"macs":"many"},"fits":{},"model_sha256":"x"})",
        R"({"totals":{"macs":1,"flash_bytes":1,"arena_bytes":1},"fits":[],"model_sha256":"x"})"};
    const auto claims = *store->claim("evil", 6, 60);
    std::vector<sweep::Finished> answers;
    for (size_t i = 0; i < documents.size(); ++i)
        answers.push_back(
            {claims[i].item, claims[i].attempt, documents[i], answer(documents[i]), 0});
    answers.push_back({claims[5].item, claims[5].attempt, documents[4], "a wrong digest", 0});
    ASSERT_TRUE(store->finish("evil", answers));
    ASSERT_TRUE(store->add({{sweep::NewItem{1000, "{\"no\": \"variation\"}"},
                             sweep::NewItem{1001, std::string(100'000, '[')}}}));
    SweptFront front(usualObjectives(false, false));
    const auto done = run(subject, front);
    EXPECT_EQ(front.rejected(), 5);
    EXPECT_EQ(done.status.failed, 2);
    EXPECT_EQ(done.status.open, 0);
    EXPECT_EQ(differenceOf({"a wrong hash", "{}"}, specOf(subject, "space")),
              "holds a sweep whose description is damaged");
}

TEST_F(SweepRunTest, TrainedModelsOfTheFrontAreKept) {
    SweepSubject subject = subjectOf(true);
    subject.options.data.dataset = classified::labelledBy(*subject.graph, 120);
    subject.train.epochs = 1;
    std::vector<Variation> variations(3);
    variations[1].width = 0.5;
    variations[2].width = 0.25;
    begin(subject, variations);
    SweptFront front(*parseMetrics("macs,accuracy"));
    const auto done = run(subject, front);
    ASSERT_EQ(done.status.done, 3) << done.status.lastError;
    const auto store = open();
    size_t kept = 0;
    for (int64_t item = 0; item < 3; ++item) {
        const auto model = store->model(item);
        ASSERT_TRUE(model);
        kept += model->has_value() ? 1 : 0;
    }
    EXPECT_EQ(kept, front.points().size());
    const auto point = front.points()[0];
    EXPECT_EQ(bytes::sha256((*store->model(point.item))->view()), point.answer.modelSha256);
}

TEST(Limits, AreReadWithTheirUnits) {
    const auto value = [](const std::string& text) { return parseLimit(text)->value; };
    EXPECT_DOUBLE_EQ(value("sram=64KiB"), 65536);
    EXPECT_DOUBLE_EQ(value("latency=100ms"), 100'000);
    EXPECT_DOUBLE_EQ(value("energy=2mJ"), 2000);
    EXPECT_DOUBLE_EQ(value("accuracy=85%"), 0.85);
    EXPECT_DOUBLE_EQ(value("macs=5M"), 5e6);
    EXPECT_DOUBLE_EQ(value("flash=100k"), 100'000);
    for (const char* text : {"sram", "sram=", "sram=x", "sram=1ms", "ram=1", "latency=1KiB", "=1",
                             "macs=nan", "accuracy=85%%"})
        EXPECT_FALSE(parseLimit(text)) << text;
}

TEST(Limits, ABandCountsByItsUpperEnd) {
    Answer answer;
    answer.totals = {{"latency_us", 90}, {"latency_high_us", 110}, {"accuracy", 0.8}};
    const Limit latency = *parseLimit("latency=100us");
    EXPECT_EQ(latency.excess(answer, false), 0);
    EXPECT_NEAR(latency.excess(answer, true), 0.1, 1e-12);
    EXPECT_EQ(parseLimit("accuracy=0.8")->excess(answer, true), 0);
    EXPECT_GT(parseLimit("accuracy=0.9")->excess(answer, true), 0);
    EXPECT_GT(parseLimit("sram=1KiB")->excess(answer, true), 1) << "unknown never fits";
}

}  // namespace
