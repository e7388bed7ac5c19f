// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a model: its order, that every figure is the evaluation's, and what it admits.
#include "report/model_report.h"

#include <gtest/gtest.h>

#include "cost/device_file.h"
#include "diff/compare_models.h"
#include "document/write_html.h"
#include "document/write_pdf.h"
#include "engine/evaluate.h"
#include "report/diff_page.h"
#include "support/deep_network.h"
#include "types/number_text.h"

namespace {

using namespace types;

DevicePtr board(const char* id) {
    auto read = cost::readDeviceFile(std::string(NETCALIPER_DEVICES) + "/" + id + ".json");
    EXPECT_TRUE(read) << (read ? "" : read.error().message());
    return std::make_shared<const DeviceProfile>(std::move(*read));
}

EvaluationPtr evaluated(double width, const DevicePtr& device) {
    static const GraphPtr graph = support::deepNetwork(12);
    Variation variation;
    variation.width = width;
    auto result = engine::evaluate(graph, variation, device);
    EXPECT_TRUE(result);
    return *result;
}

EvaluationPtr changed(const EvaluationPtr& before, const std::function<void(Evaluation&)>& edit) {
    auto copy = std::make_shared<Evaluation>(*before);
    edit(*copy);
    return copy;
}

report::ReportInput inputOf(const DevicePtr& device) {
    report::ReportInput input;
    input.name = "deep";
    input.original = evaluated(1, device);
    input.reported = evaluated(0.5, device);
    input.fileSha256 = std::string(64, 'a');
    input.tried = {{"original", input.original}, {"half <b>", input.reported}};
    input.subject.model = "deep.tflite";
    input.subject.variation = input.reported->variation;
    input.subject.board = device;
    return input;
}

std::vector<std::string> headings(const document::Document& page) {
    std::vector<std::string> all;
    for (const document::Block& block : page.blocks)
        if (const auto* heading = std::get_if<document::Heading>(&block))
            all.push_back(heading->text);
    return all;
}

TEST(ModelReport, BeginsWithTheVerdictAndEndsWithDefinitions) {
    const auto input = inputOf(board("nucleo-f446re"));
    const document::Document page = report::modelReport(input);
    const auto* lead = std::get_if<document::Lead>(&page.blocks.front());
    ASSERT_NE(lead, nullptr);
    EXPECT_EQ(lead->text, modelVerdict(*input.reported).sentence());
    EXPECT_EQ(headings(page),
              (std::vector<std::string>{"Figures", "Memory", "Layers by cost", "Variations tried",
                                        "How right it is", "What is not known", "The model",
                                        "What the variation changed", "Conditions",
                                        "How to repeat it", "Definitions"}));
}

TEST(ModelReport, HoldsIdentityConditionsAndCommands) {
    const auto input = inputOf(board("nucleo-f446re"));
    const std::string page = document::htmlPage(report::modelReport(input));
    const Evaluation& e = *input.reported;
    for (const std::string& text :
         {e.modelSha256, input.fileSha256, grouped(e.totals.modelBytes), grouped(e.totals.macs),
          e.device->soc, e.device->runtime, document::escaped(e.device->source),
          std::string("netcaliper-cli evaluate deep.tflite --variation variation.json --device "
                      "nucleo-f446re"),
          std::string("half &lt;b&gt;"), std::string("n</td>")})
        EXPECT_NE(page.find(text), std::string::npos) << text;
    EXPECT_EQ(page.find("<b>"), std::string::npos);
}

TEST(ModelReport, SaysWhatIsNotKnownAndWhy) {
    auto input = inputOf(nullptr);
    const std::string page = document::htmlPage(report::modelReport(input));
    EXPECT_NE(page.find("latency: no board is chosen."), std::string::npos);
    EXPECT_NE(page.find("accuracy: no data are chosen."), std::string::npos);
    EXPECT_NE(page.find("No board is chosen, so whether it fits is unknown."), std::string::npos);
    input.reported = changed(input.reported, [](Evaluation& e) {
        e.layers[2].supported = false;
        e.layers[2].unsupportedReason = "no kernel";
        e.notRunnableReason = "#2 has no kernel";
    });
    const std::string other = document::htmlPage(report::modelReport(input));
    EXPECT_NE(other.find("Cannot run: no kernel (#2)."), std::string::npos);
}

TEST(ModelReport, DifferencesOfVariationsHaveIntervals) {
    auto input = inputOf(nullptr);
    const auto with = [](double share) {
        return [share](Evaluation& e) {
            Quality q;
            q.samples = 250;
            q.source = "250 samples";
            q.top1 = Estimate{share, share - 0.03, share + 0.03};
            e.quality = q;
        };
    };
    input.original = changed(input.original, with(0.9));
    input.reported = changed(input.reported, with(0.7));
    input.tried = {{"original", input.original}, {"half", input.reported}};
    const std::string page = document::htmlPage(report::modelReport(input));
    EXPECT_NE(page.find("70.0 % right (67.0 to 73.0 %, n = 250)"), std::string::npos);
    EXPECT_NE(page.find("\u221220.0 points (\u2212"), std::string::npos);
}

TEST(ModelReport, ManyLayersAreSummedUp) {
    const auto graph = support::deepNetwork(80);
    const auto evaluation = engine::evaluate(graph, {}, nullptr);
    ASSERT_TRUE(evaluation);
    report::ReportInput input;
    input.reported = *evaluation;
    const std::string page = document::htmlPage(report::modelReport(input));
    EXPECT_NE(page.find(std::to_string(graph->ops.size() - 40) + " others"), std::string::npos);
}

TEST(ModelReport, PaperHoldsWhatThePageHolds) {
    const auto page = report::modelReport(inputOf(board("nucleo-f446re")));
    const std::string pdf = document::pdfFile(page);
    for (const std::string& heading : headings(page))
        EXPECT_NE(pdf.find("(" + heading + ") Tj"), std::string::npos) << heading;
}

TEST(DiffPage, BeginsWithTheVerdictAndEscapesNames) {
    const auto diff = diff::compareModels({"<net> & \"co\"", evaluated(1, nullptr)},
                                          {"net", evaluated(0.5, nullptr)}, true);
    ASSERT_TRUE(diff);
    const document::Document page = report::diffPage(**diff);
    EXPECT_TRUE(std::holds_alternative<document::Lead>(page.blocks.front()));
    EXPECT_EQ(headings(page).back(), "Memory");
    const std::string html = document::htmlPage(page);
    EXPECT_NE(html.find("&lt;net&gt; &amp; &quot;co&quot;"), std::string::npos);
    EXPECT_EQ(html.find("<net>"), std::string::npos);
}

}  // namespace
