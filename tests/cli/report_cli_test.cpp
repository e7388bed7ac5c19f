// SPDX-License-Identifier: GPL-3.0-or-later
// report: pages of models and projects.

#include "run_cli.h"

namespace {

using support::TemporaryDir;
using terminal::contentOf;
using terminal::json;
using terminal::run;
using terminal::runJson;

const std::string kReportModel = terminal::bundled("kws_dscnn_int8.tflite");

TEST(Report, WritesBothForms) {
    const TemporaryDir dir;
    const std::string page = (dir / "r.html").string(), paper = (dir / "r.pdf").string();
    const json result =
        runJson("report " + kReportModel + " --device nucleo-f446re --width 0.5 -o " + page);
    EXPECT_EQ(result["files"], json::array({page}));
    EXPECT_EQ(result["verdict"]["room"], "fits");
    const std::string html = contentOf(page);
    EXPECT_NE(html.find(result["verdict"]["sentence"].get<std::string>()), std::string::npos);
    EXPECT_NE(html.find("Variations tried"), std::string::npos);
    EXPECT_NE(html.find("&quot;width&quot;: 0.5"), std::string::npos);
    ASSERT_EQ(run("report " + kReportModel + " -o " + paper).status, 0);
    EXPECT_TRUE(contentOf(paper).starts_with("%PDF-1.7"));
}

TEST(Report, TheVerdictIsThatOfEvaluate) {
    const TemporaryDir dir;
    const std::string flags = kReportModel + " --device nucleo-f446re --width 0.75";
    const json told = runJson("report " + flags + " -o " + (dir / "r.html").string())["verdict"];
    EXPECT_EQ(told, runJson("evaluate " + flags)["verdict"]);
}

TEST(Report, OtherVariationsStandBeside) {
    const TemporaryDir dir;
    const std::string other = (dir / "other.json").string(), page = (dir / "r.html").string();
    ASSERT_EQ(run("vary " + kReportModel + " --width 0.75 --save-variation " + other + " -o " +
                  (dir / "v.tflite").string())
                  .status,
              0);
    ASSERT_EQ(
        run("report " + kReportModel + " --width 0.5 --tried " + other + " -o " + page).status, 0);
    const std::string html = contentOf(page);
    EXPECT_NE(html.find(">w0.75<"), std::string::npos);
    EXPECT_NE(html.find("--tried " + other), std::string::npos);
}

TEST(Report, RefusesOtherForms) {
    EXPECT_EQ(run("report " + kReportModel + " -o report.docx").status, 2);
    EXPECT_EQ(run("report " + kReportModel).status, 2);
    EXPECT_EQ(run("report missing.netcaliper -o r.html").status, 1);
}

}  // namespace
