// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles and their errors as the window shows them.
#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>

#include "sample_evaluation.h"
#include "views/models/check_tables.h"
#include "views/models/fit_charts.h"
#include "views/models/roles.h"
#include "views/number_format.h"
#include "views/widgets/data_table.h"
#include "views/widgets/pages/profiles_page.h"

Q_DECLARE_METATYPE(views::CheckChoice)

namespace {

using namespace views;
using types::FittedTo;
using types::OpKind;

types::CheckedLayer layer(const std::string& name, double measured, double predicted,
                          FittedTo fittedTo) {
    types::CheckedLayer layer;
    layer.from = "table.csv";
    layer.name = name;
    layer.kind = OpKind::CONV_2D;
    layer.op = "CONV_2D";
    layer.type = "int8";
    layer.shape = "8x8x4 to 8x8x8, 3x3";
    layer.measured = measured;
    layer.predicted = {predicted, 0.9 * predicted, 1.1 * predicted};
    layer.row = "CONV_2D/im2col int8";
    layer.fittedTo = fittedTo;
    layer.counts = true;
    return layer;
}

types::ProfileCheck sampleCheck() {
    types::ProfileCheck check;
    check.device = sample::device("board");
    check.unit = "cycles";
    check.layers = {layer("first", 100, 104, FittedTo::Yes),
                    layer("second", 1000, 1250, FittedTo::No)};
    types::CheckedLayer unknown;
    unknown.name = "third";
    unknown.op = "NONSENSE";
    unknown.whyNotPredicted = "not an operator";
    check.layers.push_back(unknown);
    types::FitErrors errors{2, 14.5, 25, 25, 50, 0.9, 50, 14.5};
    check.lines = {{types::FitLine::Kind::Operator, "CONV_2D", "CONV_2D", errors},
                   {types::FitLine::Kind::AllLayers, "total", "total", errors},
                   {types::FitLine::Kind::Part, "fitted", "fitted to these", {1, 4}},
                   {types::FitLine::Kind::Part, "unrecorded", "not recorded", {}}};
    check.rows = {{"CONV_2D/im2col int8", 431, true, 0.1, "fitted to table.csv", errors}};
    check.notPredicted = {{"not an operator", 1}};
    return check;
}

TEST(CheckTables, SayHowFarTheProfileIsOff) {
    const QString sentence = checkSentence(sampleCheck());
    EXPECT_TRUE(sentence.contains("2 layers: mean error 14.5 %")) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains("band held 50 %")) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains("fitted to 1 of the layers")) << sentence.toStdString();
    EXPECT_EQ(checkSentence(types::ProfileCheck()), "");
}

TEST(CheckTables, LayersHaveTheirErrorOrTheReason) {
    StudyTableModel model;
    model.setTable(layersTable(sampleCheck()));
    ASSERT_EQ(model.rowCount(), 3);
    const auto text = [&](int row, int column) {
        return model.index(row, column).data().toString();
    };
    EXPECT_EQ(text(1, 0), "second");
    EXPECT_EQ(text(1, 6), "25");
    EXPECT_EQ(text(1, 8), "no");
    EXPECT_EQ(text(0, 8), "yes");
    EXPECT_EQ(text(0, 9), "yes");
    EXPECT_EQ(text(1, 10), "CONV_2D/im2col int8");
    EXPECT_EQ(text(2, 6), kUnknown);
    EXPECT_EQ(text(2, 10), "not an operator");
    EXPECT_EQ(model.index(1, 6).data(SortRole).toDouble(), 25);
}

TEST(CheckTables, PointsCarryNamesAndBands) {
    const auto points = pointsOf(sampleCheck());
    ASSERT_EQ(points.size(), 2u);
    const ColoredChart chart = predictedAgainstMeasured(points, "Predicted", "cycles");
    const types::StudyPoint& point = chart.chart.series[0].points[1];
    EXPECT_NE(point.label.find("second"), std::string::npos);
    EXPECT_NE(point.label.find("+25 %"), std::string::npos) << point.label;
    ASSERT_TRUE(point.band);
    EXPECT_NEAR(point.band->low, 1125, 1e-6);
    EXPECT_TRUE(chart.chart.x.logarithmic);
}

struct ProfilesPageTest : testing::Test {
    static void SetUpTestSuite() { qRegisterMetaType<CheckChoice>("views::CheckChoice"); }
    ProfilesPageTest() { page.setDevices({sample::device("a"), sample::device("b")}); }
    bool says(const QString& part) const {
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(part)) return true;
        return false;
    }
    CheckChoice last() const { return asked.last().at(0).value<CheckChoice>(); }

    ProfilesPage page;
    QSignalSpy asked{&page, &ProfilesPage::checkRequested};
};

TEST_F(ProfilesPageTest, AsksWhileItIsVisibleWheneverTheChoiceChanges) {
    page.chooseDevice("b");
    EXPECT_EQ(asked.count(), 0);
    page.show();
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(last().device->id, "b");
    page.chooseDevice("a");
    ASSERT_EQ(asked.count(), 2);
    page.openTable("/somewhere/with a long name.csv");
    ASSERT_EQ(asked.count(), 3);
    EXPECT_EQ(last().table, "/somewhere/with a long name.csv");
    for (QCheckBox* box : page.findChildren<QCheckBox*>())
        box->setChecked(true);
    ASSERT_EQ(asked.count(), 5);
    EXPECT_TRUE(last().unseenOnly && last().alsoNamelessBoards);
    auto* filter = page.findChild<QLineEdit*>();
    QTest::keyClicks(filter, "op=conv2d");
    QTest::keyClick(filter, Qt::Key_Return);
    ASSERT_EQ(asked.count(), 6);
    EXPECT_EQ(last().filter, "op=conv2d");
    // The same boards again change nothing but are checked anew.
    page.setDevices({sample::device("b"), sample::device("a")});
    EXPECT_EQ(last().device->id, "a");
}

TEST_F(ProfilesPageTest, ShowsTheErrorsAndSortsTheLayers) {
    page.show();
    page.showCheck(sampleCheck());
    EXPECT_TRUE(says("mean error 14.5 %"));
    DataTable* layers = nullptr;
    for (DataTable* table : page.findChildren<DataTable*>())
        if (table->accessibleName() == "Measured and predicted layers") layers = table;
    ASSERT_TRUE(layers);
    layers->sortByColumn(6, Qt::DescendingOrder);
    const auto nameAt = [&](int row) { return layers->model()->index(row, 0).data().toString(); };
    EXPECT_EQ(nameAt(0), "second");
    EXPECT_EQ(nameAt(2), "third");  // without an error
}

TEST_F(ProfilesPageTest, SaysWhyThereIsNothingToShow) {
    page.show();
    types::ProfileCheck nothing;
    nothing.device = sample::device("a");
    page.showCheck(nothing);
    EXPECT_TRUE(says("open a table of measured layers"));
    nothing.layers.resize(2);
    nothing.notCompared = {{"measured on core m7", 2}};
    page.showCheck(nothing);
    EXPECT_TRUE(says("2 × measured on core m7"));
    page.showProblem("cannot read the table");
    EXPECT_TRUE(says("cannot read the table"));
}

}  // namespace
