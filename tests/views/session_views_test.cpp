// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions as the window shows them: summaries, boxes, tables, the comparison's verdict.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "views/models/comparison_model.h"
#include "views/models/measurements_model.h"
#include "views/models/roles.h"
#include "views/models/sample_summary.h"
#include "views/models/session_boxes.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"
#include "views/widgets/data_table.h"
#include "views/widgets/pages/sessions_page.h"

namespace {

using namespace views;
using types::Quantity;

types::SessionPtr session(const std::string& name, double scale) {
    auto session = std::make_shared<types::Session>();
    session->name = name;
    session->conditions.source = types::MeasurementSource::Host;
    session->measurements.push_back(
        {types::kWhole, std::nullopt, "", Quantity::LatencyUs, {20'000 * scale}, false, ""});
    session->measurements.push_back(
        {"#1 CONV_2D",
         1,
         "CONV_2D",
         Quantity::LatencyUs,
         {1000 * scale, 1010 * scale, 1020 * scale, 1030 * scale, 5000 * scale},
         false,
         ""});
    return session;
}

types::SessionComparison comparison() {
    types::ComparedRow row;
    row.key = "#1 CONV_2D";
    row.layer = 1;
    row.percent = -4.1;
    row.significant = true;
    types::ComparedRow whole;
    whole.key = types::kWhole;
    types::SessionComparison result;
    result.layers = {row};
    result.totals = {whole};
    result.minimumEffectPercent = 1;
    return result;
}

TEST(SampleSummary, QuartilesLieBetweenOrderStatistics) {
    const auto summary = summarize({4, 1, 3, 2});
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->count, 4u);
    EXPECT_DOUBLE_EQ(summary->lowerQuartile, 1.75);
    EXPECT_DOUBLE_EQ(summary->median, 2.5);
    EXPECT_DOUBLE_EQ(summary->upperQuartile, 3.25);
    EXPECT_FALSE(summarize({}));
}

TEST(SessionBoxes, ScaleToOneUnitAndKeepOutliersApart) {
    const SessionBoxes boxes = sessionBoxes(*session("a", 1), Quantity::LatencyUs);
    ASSERT_EQ(boxes.boxes.size(), 1u);
    EXPECT_EQ(boxes.axisTitle, "Latency, ms");
    EXPECT_DOUBLE_EQ(boxes.boxes[0].summary.median, 1.02);
    EXPECT_EQ(boxes.boxes[0].outliers, std::vector<double>{5.0});
    EXPECT_DOUBLE_EQ(boxes.boxes[0].whiskerHigh, 1.03);
    // One outlier does not squeeze all boxes.
    EXPECT_DOUBLE_EQ(boxes.largest, 1.03);
}

TEST(SessionsModel, SumsASessionUp) {
    SessionsModel model;
    QAbstractItemModelTester tester(&model);
    model.setSessions({session("first", 1)});
    const auto cell = [&](int column) {
        return model.index(0, column).data(Qt::DisplayRole).toString();
    };
    EXPECT_EQ(cell(SessionsModel::Name), "first");
    EXPECT_EQ(cell(SessionsModel::Whole), "20.0 ms");
    EXPECT_EQ(cell(SessionsModel::Source), "host");
    EXPECT_EQ(cell(SessionsModel::Clock), kUnknown);
    EXPECT_EQ(cell(SessionsModel::Samples), "6");
}

TEST(MeasurementsModel, KeepsLayersInOrderWhenSorted) {
    MeasurementsModel model;
    QAbstractItemModelTester tester(&model);
    model.setSession(session("a", 1));
    EXPECT_EQ(model.index(1, MeasurementsModel::Median).data().toString(), "1,020.0");
    EXPECT_EQ(model.index(1, MeasurementsModel::Key).data(SortRole).toInt(), 1);
    EXPECT_FALSE(model.at(0).measurement->layer);
    EXPECT_EQ(model.at(1).measurement->layer, 1);
}

TEST(MeasuredNumber, KeepsFiveDigitsWithoutInventingPlaces) {
    EXPECT_EQ(measuredNumber(0.10123), "0.1012");
    EXPECT_EQ(measuredNumber(14.0213), "14.021");
    EXPECT_EQ(measuredNumber(1234567), "1,234,567");
    EXPECT_EQ(measuredNumber(-2.5), QString(QChar(0x2212)) + "2.5000");
}

TEST(ComparisonModel, SaysWhatDiffers) {
    EXPECT_EQ(verdictText(comparison()),
              QString("Whole inference: no difference. 1 of 1 layers differ: #1 CONV_2D ") +
                  QChar(0x2212) + "4.1 %.");
    types::SessionComparison same = comparison();
    same.layers[0].significant = false;
    EXPECT_TRUE(verdictText(same).endsWith(
        "No difference found in any layer (differences from 1 % on count)."));
    same.layers.clear();
    same.totals[0].significant = true;
    EXPECT_TRUE(verdictText(same).startsWith("Whole inference "));
    EXPECT_TRUE(verdictText(same).endsWith("No layers to compare."));
    ComparisonModel model;
    QAbstractItemModelTester tester(&model);
    model.setComparison(comparison());
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_FALSE(model.at(1).layer);
}

TEST(SessionsPage, TwoPickedAreCompared) {
    Selection selection;
    SessionsPage page(selection);
    page.setSessions({session("a", 1), session("b", 1.1)});
    int asked = 0;
    QObject::connect(&page, &SessionsPage::compareRequested,
                     [&](types::SessionPtr baseline, types::SessionPtr candidate, bool accept) {
                         ++asked;
                         EXPECT_EQ(baseline->name, "a");
                         EXPECT_EQ(candidate->name, "b");
                         EXPECT_FALSE(accept);
                         page.showComparison(comparison());
                     });
    page.pick({0, 1});
    EXPECT_EQ(asked, 1);
    page.pick({0});
    EXPECT_EQ(asked, 1);
}

}  // namespace
