// SPDX-License-Identifier: GPL-3.0-or-later
// The page Compare and what it draws from a ModelDiff.
#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>

#include "sample_evaluation.h"
#include "views/models/diff_cards.h"
#include "views/models/diff_rows_model.h"
#include "views/models/roles.h"
#include "views/widgets/pages/compare_page.h"
#include "views/widgets/plots/diff_plot.h"
#include "views/widgets/summary_card.h"

namespace {

using namespace views;
using types::DiffOutcome;

/// The first two layers are matched, the third of the baseline is gone, and one is added.
types::ModelDiffPtr sampleDiff() {
    auto diff = std::make_shared<types::ModelDiff>();
    diff->baseline = {"net, original", "net", "original", sample::evaluation()};
    diff->candidate = {"net, w0.5", "net", "w0.5", sample::evaluation(0.5)};
    diff->verdict = {DiffOutcome::Candidate, "The candidate is better.", {"Flash."}, {"Energy."}};
    const auto add = [&diff](std::vector<int32_t> a, std::vector<int32_t> b, int64_t before,
                             int64_t now) {
        types::DiffLayer layer;
        layer.match.baseline = std::move(a);
        layer.match.candidate = std::move(b);
        layer.match.kind = types::MatchKind::Resized;
        layer.baseline.op = layer.candidate.op = "CONV_2D";
        layer.baseline.macs = before;
        layer.candidate.macs = now;
        layer.why = "fewer channels";
        diff->layers.push_back(std::move(layer));
    };
    add({0}, {0}, 1000, 500);
    add({1}, {1}, 500, 250);
    add({2}, {}, 100, 0);
    add({}, {2}, 0, 50);
    types::DiffFigure flash;
    flash.quantity = types::DiffQuantity::FlashBytes;
    flash.baseline.value = 10000;
    flash.candidate.value = 5000;
    flash.difference = -5000;
    flash.outcome = DiffOutcome::Candidate;
    flash.evidence = "exact";
    types::DiffFigure accuracy;
    accuracy.quantity = types::DiffQuantity::Accuracy;
    accuracy.baseline.reason = accuracy.candidate.reason = "no data are chosen";
    accuracy.outcome = DiffOutcome::Unknown;
    accuracy.evidence = "no data are chosen";
    diff->totals = {flash, accuracy};
    return diff;
}

QString cellOf(const DiffRowsModel& model, int row, int column) {
    return model.data(model.index(row, column)).toString();
}

TEST(DiffRowsModel, ShowsOneMetricOfBothSides) {
    DiffRowsModel model;
    model.setMetric(Metric::Macs);
    model.setDiff(sampleDiff());
    ASSERT_EQ(model.rowCount(), 4);
    EXPECT_EQ(cellOf(model, 0, DiffRowsModel::Difference), QString(kMinus) + "500");
    EXPECT_EQ(cellOf(model, 0, DiffRowsModel::Percent), QString(kMinus) + "50 %");
    EXPECT_EQ(cellOf(model, 0, DiffRowsModel::Match), "shape");
    EXPECT_EQ(cellOf(model, 2, DiffRowsModel::CandidateLayer), kUnknown);
    EXPECT_EQ(cellOf(model, 2, DiffRowsModel::Match), "only in baseline");
    EXPECT_EQ(cellOf(model, 3, DiffRowsModel::Difference), "+50");
    EXPECT_DOUBLE_EQ(model.data(model.index(1, DiffRowsModel::Difference), BarShareRole).toDouble(),
                     0.5);
    model.setMetric(Metric::LatencyUs);
    EXPECT_EQ(cellOf(model, 0, DiffRowsModel::Difference), kUnknown);
}

TEST(DiffCards, ShowOneSideAndTheDifference) {
    const auto cards = diffCards(*sampleDiff(), DiffFront::Candidate);
    ASSERT_EQ(cards.size(), 2u);
    EXPECT_EQ(cards[0].content.value, "4.88 KiB");
    EXPECT_EQ(cards[0].content.note, "vs 9.77 KiB");
    EXPECT_EQ(cards[0].content.change, QString(kMinus) + "50 % better");
    EXPECT_EQ(cards[1].content.change, "unknown");
    EXPECT_TRUE(cards[1].content.toolTip.contains("no data are chosen"));
    EXPECT_EQ(diffCards(*sampleDiff(), DiffFront::Baseline)[0].content.value, "9.77 KiB");
}

struct ComparePageTest : testing::Test {
    Selection selection;
    EvaluationFeed feed;
    ComparePage page{selection, feed};

    void offer() {
        const auto original = sample::evaluation(), narrow = sample::evaluation(0.5);
        feed.setEvaluation(narrow, original);
        feed.setTried({{original->variation, original}, {narrow->variation, narrow}},
                      narrow->variation);
        QTest::qWait(1);
    }
};

TEST_F(ComparePageTest, AsksForTheOriginalAndTheShownVariation) {
    std::vector<std::pair<CompareChoice, CompareChoice>> asked;
    QObject::connect(&page, &ComparePage::compareRequested,
                     [&asked](const CompareChoice& baseline, const CompareChoice& candidate) {
                         asked.emplace_back(baseline, candidate);
                     });
    offer();
    EXPECT_TRUE(asked.empty()) << "a hidden page costs nothing";
    page.show();
    ASSERT_FALSE(asked.empty());
    EXPECT_TRUE(asked.back().first.variation.isIdentity());
    EXPECT_EQ(asked.back().second.variation.width, 0.5);
    page.addModel("/models/other.tflite");
    EXPECT_EQ(asked.back().second.otherModel, "/models/other.tflite");
}

TEST_F(ComparePageTest, SpaceFlipsWhichSideIsInFront) {
    offer();
    page.show();
    page.setDiff(sampleDiff());
    const auto shows = [this](const QString& text) {
        const auto cards = page.findChildren<SummaryCard*>();
        return std::any_of(cards.begin(), cards.end(), [&](const SummaryCard* card) {
            return card->accessibleName().contains("Flash, " + text);
        });
    };
    EXPECT_TRUE(shows("4.88 KiB"));
    QTest::keyClick(page.findChild<DiffPlot*>(), Qt::Key_Space);
    EXPECT_EQ(page.front(), DiffFront::Baseline);
    EXPECT_TRUE(shows("9.77 KiB"));
    QTest::keyClick(page.findChild<DiffPlot*>(), Qt::Key_Space);
    EXPECT_EQ(page.front(), DiffFront::Candidate);
}

TEST_F(ComparePageTest, SaysTheVerdictAndWhatIsNotKnown) {
    offer();
    page.show();
    page.setDiff(sampleDiff());
    QStringList texts;
    for (const QLabel* label : page.findChildren<QLabel*>())
        texts << label->text();
    EXPECT_TRUE(texts.contains("The candidate is better."));
    EXPECT_TRUE(texts.contains("Not known: Energy."));
}

TEST_F(ComparePageTest, PickingAMatchPicksTheShownVariationsLayer) {
    offer();
    page.show();
    auto diff = std::make_shared<types::ModelDiff>(*sampleDiff());
    diff->candidate.evaluation = feed.shown();
    page.setDiff(diff);
    auto* plot = page.findChild<DiffPlot*>();
    emit plot->rowClicked(3);
    EXPECT_EQ(selection.layer(), 2);
    emit plot->rowClicked(2);
    EXPECT_EQ(selection.layer(), 2) << "the candidate has no such layer";
    selection.setLayer(1);
    QTest::keyClick(plot, Qt::Key_Left);
    EXPECT_EQ(selection.layer(), 0);
}

}  // namespace
