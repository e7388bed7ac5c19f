// SPDX-License-Identifier: GPL-3.0-or-later
// The desk behind the page Compare: what is evaluated already is compared, second models are read.
#include "app/diff_desk.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "fake_engine.h"

namespace {

struct DiffDeskTest : testing::Test {
    fake::FakeEngine engine;
    app::Explorer explorer{{sample::device()}, engine.verbs()};
    views::ComparePage page{explorer.selection(), explorer.feed()};
    app::DiffDesk desk{explorer, page, nullptr, engine.verbs()};

    void SetUp() override {
        page.show();
        explorer.openModel("model.tflite");
        ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.isUpToDate(); }));
    }
    bool compares(const std::string& variation) {
        return QTest::qWaitFor(
            [&] { return page.diff() && page.diff()->candidate.variation == variation; });
    }
};

TEST_F(DiffDeskTest, TheShownVariationIsComparedWithTheOriginal) {
    EXPECT_EQ(page.diff(), nullptr) << "the original with itself";
    explorer.editVariation(sample::narrowed(0.5));
    explorer.finishEdit();
    ASSERT_TRUE(compares("w0.5"));
    EXPECT_EQ(page.diff()->baseline.variation, "original");
    EXPECT_EQ(page.diff()->layers.size(), 3u);
    explorer.editVariation(sample::narrowed(0.75));
    explorer.finishEdit();
    EXPECT_TRUE(compares("w0.75")) << "the candidate follows the knobs";
}

TEST_F(DiffDeskTest, ASecondModelIsReadAndEvaluatedOnTheSameBoard) {
    page.addModel("second.tflite");
    ASSERT_TRUE(compares("original"));
    EXPECT_EQ(page.diff()->candidate.evaluation->device, explorer.knobs().device);
}

TEST_F(DiffDeskTest, AModelThatCannotBeReadIsReported) {
    QSignalSpy failures(&desk, &app::DiffDesk::failed);
    page.addModel("bad.tflite");
    EXPECT_TRUE(QTest::qWaitFor([&] { return failures.count() > 0; }));
    EXPECT_EQ(page.diff(), nullptr);
}

TEST_F(DiffDeskTest, DataThatDoNotFitTheSecondModelAreLeftOut) {
    auto verbs = engine.verbs();
    auto evaluate = verbs.evaluate;
    verbs.evaluate = [evaluate](const types::GraphPtr& graph, const app::Knobs& knobs,
                                const types::Work& work) -> types::Result<types::EvaluationPtr> {
        if (knobs.data) return types::fail("does not fit");
        return evaluate(graph, knobs, work);
    };
    views::ComparePage other{explorer.selection(), explorer.feed()};
    app::DiffDesk second{explorer, other, nullptr, verbs};
    QSignalSpy notes(&second, &app::DiffDesk::failed);
    explorer.openData("data");
    ASSERT_TRUE(QTest::qWaitFor([this] { return explorer.knobs().data && explorer.isUpToDate(); }));
    other.show();
    other.addModel("second.tflite");
    ASSERT_TRUE(QTest::qWaitFor([&] { return other.diff() != nullptr; }));
    ASSERT_EQ(notes.count(), 1);
    EXPECT_TRUE(notes[0][0].toString().contains("without the data"));
}

}  // namespace
