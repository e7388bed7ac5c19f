// SPDX-License-Identifier: GPL-3.0-or-later
// Studies and fits as the window shows them.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTextBrowser>
#include <cmath>

#include "sample_evaluation.h"
#include "views/colors.h"
#include "views/models/axis_ticks.h"
#include "views/models/fit_charts.h"
#include "views/models/roles.h"
#include "views/models/study_text.h"
#include "views/widgets/pages/fit_page.h"
#include "views/widgets/pages/studies_page.h"
#include "views/widgets/plots/point_plot.h"
#include "views/widgets/work_strip.h"

Q_DECLARE_METATYPE(views::StudyChoice)
Q_DECLARE_METATYPE(views::FitChoice)

namespace {

using namespace views;
using types::OpKind;

QStringList textsOf(const std::vector<AxisTick>& ticks) {
    QStringList texts;
    for (const AxisTick& tick : ticks)
        texts << tick.text;
    return texts;
}

TEST(AxisTicks, LinearAxesHaveRoundSteps) {
    const AxisRange range = roundRange(3, 47, false);
    EXPECT_EQ(range.low, 0);
    EXPECT_EQ(range.high, 50);
    EXPECT_EQ(textsOf(axisTicks(range)), QStringList({"0", "10", "20", "30", "40", "50"}));
    EXPECT_DOUBLE_EQ(range.shareOf(25), 0.5);
}

TEST(AxisTicks, ARangeFarFromZeroDoesNotBeginThere) {
    EXPECT_GT(roundRange(96, 104, false).low, 90);
    const AxisRange onlyOne = roundRange(5, 5, false);
    EXPECT_LT(onlyOne.low, 5);
    EXPECT_GT(onlyOne.high, 5);
}

TEST(AxisTicks, LogarithmicAxesHaveMoreThanDecades) {
    const AxisRange range = roundRange(2.3, 18, true);
    EXPECT_EQ(range.low, 2);
    EXPECT_EQ(range.high, 20);
    EXPECT_EQ(textsOf(axisTicks(range)), QStringList({"2", "5", "10", "20"}));
    EXPECT_NEAR(range.shareOf(std::sqrt(40.0)), 0.5, 1e-12);
    const AxisRange wide = roundRange(1, 1e6, true);
    EXPECT_EQ(axisTicks(wide).size(), 7u);
    EXPECT_EQ(axisTicks(wide).back().text, "1 M");
}

types::Study sampleStudy(size_t charts = 2) {
    types::Study study;
    study.id = "one";
    study.findings = {"a < b"};
    study.limits = {"not always"};
    study.sources = {"table.csv"};
    for (size_t i = 0; i < charts; ++i)
        study.charts.push_back({"chart " + std::to_string(i),
                                {"x", "ms", false, {}},
                                {"Board", "", false, {"row a", "row b"}},
                                {{"measured ones", true, {{"p", 1, 0, {}}, {"q", 3, 1, {}}}}},
                                {}});
    study.table.columns = {{"Name", ""}, {"Value", "ms"}};
    study.table.rows = {{std::string("a"), 1234.5678}, {std::string("b"), types::StudyCell()}};
    return study;
}

TEST(StudyText, EscapesAndNamesItsParts) {
    const QString html = studyHtml(sampleStudy());
    EXPECT_TRUE(html.contains("a &lt; b"));
    for (const char* part : {"Found", "Where it ends", "From", "table.csv"})
        EXPECT_TRUE(html.contains(part)) << part;
}

TEST(StudyTableModel, ShowsFourDigitsAndCopiesAll) {
    StudyTableModel model;
    model.setTable(sampleStudy().table);
    EXPECT_EQ(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), "Value (ms)");
    EXPECT_EQ(model.index(0, 1).data().toString(), "1,235");
    EXPECT_EQ(model.index(0, 1).data(PlainRole).toString(), "1234.5678");
    EXPECT_EQ(model.index(1, 1).data().toString(), kUnknown);
    EXPECT_EQ(model.index(1, 1).data(PlainRole).toString(), "");
}

struct StudiesPageTest : testing::Test {
    StudiesPage page{{{"one", "First", "Is it?"}, {"two", "Second", "Or not?", true}}};
    QSignalSpy asked{&page, &StudiesPage::studyRequested};

    static void SetUpTestSuite() { qRegisterMetaType<StudyChoice>("views::StudyChoice"); }
    StudyChoice last() const { return asked.last().at(0).value<StudyChoice>(); }
};

TEST_F(StudiesPageTest, AsksOnlyWhileItIsVisible) {
    page.pick("two");
    EXPECT_EQ(asked.count(), 0);
    page.show();
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(last().id, "two");
    page.pick("one");
    EXPECT_EQ(asked.count(), 2);
    page.hide();
    page.setOutdated();
    EXPECT_EQ(asked.count(), 2);
    page.show();
    EXPECT_EQ(asked.count(), 3);
}

TEST_F(StudiesPageTest, OffersTheNumberOfNetworksToStudiesThatDrawThem) {
    page.show();
    auto* networks = page.findChild<QSpinBox*>();
    page.pick("one");
    EXPECT_FALSE(networks->isVisible());
    page.pick("two");
    EXPECT_TRUE(networks->isVisible());
}

TEST_F(StudiesPageTest, ATableBecomesASource) {
    page.show();
    page.openTable("/somewhere/with a long name.csv");
    EXPECT_EQ(last().source, StudyChoice::Source::Table);
    EXPECT_EQ(last().table, "/somewhere/with a long name.csv");
    page.openTable("/other.csv");
    EXPECT_EQ(last().table, "/other.csv");
    auto* source = page.findChild<QComboBox*>();
    EXPECT_EQ(source->count(), 4);
    EXPECT_EQ(source->currentText(), "Table other.csv");
}

TEST_F(StudiesPageTest, ShowsAStudyOrWhyThereIsNone) {
    page.show();
    page.showStudy(sampleStudy());
    EXPECT_TRUE(page.findChild<QTextBrowser*>()->toPlainText().contains("not always"));
    EXPECT_TRUE(page.findChild<PointPlot*>()->isVisible());
    page.showProblem("no board with three models");
    EXPECT_FALSE(page.findChild<PointPlot*>()->isVisible());
}

TEST_F(StudiesPageTest, AStoppedStudyRunsAgainOnAClick) {
    page.show();
    EXPECT_EQ(asked.count(), 1);
    emit page.strip().cancelled();
    auto* list = page.findChild<QListWidget*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualItemRect(list->item(0)).center());
    EXPECT_EQ(asked.count(), 2);
}

types::FitReport sampleReport() {
    types::FitReport report;
    report.layersFrom = "table.csv";
    report.points = {{OpKind::CONV_2D, "CONV_2D 3x3", 100, 110, 0.2},
                     {OpKind::CONV_2D, "CONV_2D", 1000, 990, 0.2},
                     {OpKind::ADD, "ADD", 50, 50, 0.2}};
    report.lines = {
        {types::FitLine::Kind::AllLayers, "all", "all layers", {3, 3.7, 10, 10, 100, 1, 90}},
        {types::FitLine::Kind::Baseline, "baseline_ops_only", "by MACs", {2, 20}}};
    report.measureHere = {{OpKind::ADD, {8, 8, 4}, {1, 1}, {1, 1}, 4, 2.5}};
    report.profile = sample::device("fitted");
    return report;
}

TEST(FitCharts, HaveASeriesAnOperatorInItsColour) {
    const ColoredChart scatter =
        predictedAgainstMeasured(sampleReport().points, "Predicted", "cycles");
    ASSERT_EQ(scatter.chart.series.size(), 2u);
    EXPECT_EQ(scatter.chart.series[1].points.size(), 2u);
    EXPECT_EQ(scatter.colors[1], opColor(OpKind::CONV_2D));
    EXPECT_EQ(scatter.chart.lines.size(), 1u);
    const ColoredChart residuals = residualsByOperator(sampleReport().points);
    EXPECT_EQ(residuals.chart.y.categories, (std::vector<std::string>{"ADD", "CONV_2D"}));
    EXPECT_NEAR(residuals.chart.series[1].points[0].x, 10, 1e-9);
    EXPECT_EQ(residuals.chart.series[1].points[0].y, 1);
}

types::SessionPtr sessionWithLayer(const std::string& name) {
    types::Session session;
    session.name = name;
    types::Measurement layer;
    layer.layer = 0;
    session.measurements = {layer};
    return std::make_shared<const types::Session>(session);
}

TEST(FitPage, OffersSessionsWithLayersAndAsksForThePicked) {
    qRegisterMetaType<FitChoice>("views::FitChoice");
    FitPage page;
    page.setDevices({sample::device("a"), sample::device("b")});
    auto* fit = page.findChild<QPushButton*>("fit");
    EXPECT_FALSE(fit->isEnabled());
    page.setSessions({sessionWithLayer("s"), std::make_shared<const types::Session>()});
    auto* list = page.findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 1);
    list->item(0)->setSelected(true);
    page.chooseBase("b");
    QSignalSpy asked(&page, &FitPage::fitRequested);
    QTest::mouseClick(fit, Qt::LeftButton);
    ASSERT_EQ(asked.count(), 1);
    const auto choice = asked.last().at(0).value<FitChoice>();
    EXPECT_EQ(choice.sessions.size(), 1u);
    EXPECT_EQ(choice.base->id, "b");
    EXPECT_EQ(choice.prior, nullptr);
    // A session more does not drop what was picked.
    page.setSessions({page.choice().sessions[0], sessionWithLayer("t")});
    EXPECT_EQ(page.choice().sessions.size(), 1u);
}

TEST(FitPage, SaysWhatTheFitIsWorth) {
    FitPage page;
    page.setDevices({sample::device("a")});
    page.show();
    page.showReport(sampleReport());
    bool said = false;
    for (const QLabel* label : page.findChildren<QLabel*>())
        said = said || label->text().contains("mean error 3.7 %");
    EXPECT_TRUE(said);
    QSignalSpy saved(&page, &FitPage::saveRequested);
    QTest::mouseClick(page.findChild<QPushButton*>("save"), Qt::LeftButton);
    EXPECT_EQ(saved.count(), 1);
}

}  // namespace
