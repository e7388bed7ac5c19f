// SPDX-License-Identifier: GPL-3.0-or-later
// The study of a model on data, with a tiny model; and studies as files.
#include "studies/accuracy_front.h"

#include <gtest/gtest.h>

#include <cmath>

#include "studies/run_study.h"
#include "studies/study_files.h"
#include "support/classifier_data.h"

namespace {

using namespace types;

studies::FrontRequest smallRequest() {
    studies::FrontRequest request;
    request.model = classified::classifier();
    request.data.dataset = classified::labelledBy(*request.model, 120);
    request.removed = {0, 0.5};
    request.seeds = 2;
    return request;
}

Study frontOf(const studies::FrontRequest& request) {
    const auto study = studies::accuracyFront(request, {});
    EXPECT_TRUE(study) << study.error().message();
    return study.value_or(Study());
}

/// The number in column `column` of row `row`.
double numberAt(const Study& study, size_t row, size_t column) {
    const auto* number = std::get_if<double>(&study.table.rows.at(row).at(column));
    return number ? *number : std::nan("");
}

bool mentions(const std::vector<std::string>& sentences, const std::string& words) {
    return std::ranges::any_of(
        sentences, [&](const std::string& s) { return s.find(words) != std::string::npos; });
}

TEST(AccuracyFront, JudgesSmallerModelsInEachPrecision) {
    const Study study = frontOf(smallRequest());
    // The original, then int8 and int8w4 of two sizes.
    ASSERT_EQ(study.table.rows.size(), 5u);
    EXPECT_EQ(study.table.rows[0][0], StudyCell("original"));
    EXPECT_EQ(numberAt(study, 0, 6), 100);  // the labels are its own choices
    EXPECT_EQ(study.table.rows[1][1], StudyCell("int8"));
    EXPECT_EQ(study.table.rows[3][1], StudyCell("int8w4"));
    EXPECT_EQ(numberAt(study, 1, 3), 1);
    EXPECT_LT(numberAt(study, 2, 3), 0.9);
    for (size_t row = 1; row < 5; ++row) {
        EXPECT_NEAR(numberAt(study, row, 9), 100 - numberAt(study, row, 6), 1e-9);
        EXPECT_LE(numberAt(study, row, 7), numberAt(study, row, 8));
        EXPECT_TRUE(std::isnan(numberAt(study, row, 10)));
    }
    ASSERT_EQ(study.charts.size(), 1u);
    EXPECT_EQ(study.charts[0].series.size(), 2u);
    EXPECT_EQ(study.charts[0].lines.size(), 1u);
    EXPECT_EQ(study.sources.size(), 2u);  // one split a seed
    EXPECT_NE(study.sources[0], study.sources[1]);
    EXPECT_TRUE(mentions(study.limits, "each judged on 60 samples"));
    EXPECT_EQ(study.findings.size(), 2u);
}

TEST(AccuracyFront, TrainsBesideTheOriginalTrainedAlike) {
    studies::FrontRequest request = smallRequest();
    request.precisions = {Precision::Int8};
    request.removed = {0.5};
    request.seeds = 1;
    request.knobs.train.epochs = 2;
    const Study study = frontOf(request);
    ASSERT_EQ(study.table.rows.size(), 4u);
    EXPECT_EQ(study.table.rows[1][0], StudyCell("original trained alike"));
    EXPECT_EQ(study.table.rows[2][0], StudyCell("without training"));
    EXPECT_EQ(study.table.rows[3][0], StudyCell("with training"));
    EXPECT_NEAR(numberAt(study, 3, 10), numberAt(study, 1, 6) - numberAt(study, 3, 6), 1e-9);
    EXPECT_EQ(study.charts[0].lines.size(), 2u);
    EXPECT_TRUE(mentions(study.findings, "changes the original itself"));
}

TEST(AccuracyFront, NeedsAModelAndData) {
    studies::FrontRequest request;
    EXPECT_FALSE(studies::accuracyFront(request, {}));
    request.model = classified::classifier();
    const auto study = studies::accuracyFront(request, {});
    ASSERT_FALSE(study);
    EXPECT_FALSE(study.error().remedy.empty());
}

TEST(AccuracyFront, StopsWhenItIsAsked) {
    std::stop_source source;
    double last = 0;
    const auto watch = [&](double share, const char*) {
        last = std::max(last, share);
        if (share > 0.3) source.request_stop();
    };
    studies::StudyRequest request;
    request.front = smallRequest();
    const auto study = studies::runStudy("accuracy-front", request, {source.get_token(), watch});
    ASSERT_FALSE(study);
    EXPECT_TRUE(study.error().isCancelled());
    EXPECT_LT(last, 0.7);
}

TEST(StudyFiles, ATableAsCommaSeparatedValues) {
    StudyTable table;
    table.columns = {{"Model", ""}, {"MACs kept", "x"}};
    table.rows = {{"a, \"b\"", 0.5625}, {"c", StudyCell()}, {"d", 1608576.0}};
    EXPECT_EQ(studies::csvOf(table),
              "Model,MACs kept (x)\n\"a, \"\"b\"\"\",0.5625\nc,\nd,1608576\n");
}

size_t count(const std::string& text, const std::string& part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST(StudyFiles, AChartAsAPicture) {
    StudyChart chart;
    chart.title = "A < B & C";
    chart.x = {"MACs kept", "x", false, {}};
    chart.y = {"Latency", "ms", true, {}};
    chart.series = {{"first", true, {{"one", 0.2, 3, Estimate{3, 2, 5}}, {"two", 0.9, 300, {}}}},
                    {"second", false, {{"none", 0.5, 0, {}}}}};
    chart.lines = {{"level", 0, 10, 0, 1, -1}};
    const std::string svg = studies::svgOf(chart);
    EXPECT_EQ(svg.rfind("<svg", 0), 0u);
    EXPECT_NE(svg.find("A &lt; B &amp; C"), std::string::npos);
    EXPECT_EQ(count(svg, "<title>"), 2u);  // 0 has no place on a logarithmic axis
    EXPECT_EQ(count(svg, "<path"), 1u);
    EXPECT_EQ(count(svg, "stroke-dasharray"), 1u);
    EXPECT_NE(svg.find(">first</text>"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);

    chart.y = {"Kernel", "", false, {"plain", "fast"}};
    EXPECT_NE(studies::svgOf(chart).find(">fast</text>"), std::string::npos);
    EXPECT_FALSE(studies::svgOf(StudyChart()).empty());
}

}  // namespace
