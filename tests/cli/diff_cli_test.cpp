// SPDX-License-Identifier: GPL-3.0-or-later
// diff: models and variations side by side.

#include "run_cli.h"

namespace {

using support::TemporaryDir;
using terminal::json;
using terminal::run;
using terminal::runJson;

const std::string kDiffModel = terminal::bundled("kws_dscnn_int8.tflite");
const std::string kDiffBoard = " --device nucleo-f446re";

TEST(Diff, AVariationIsComparedWithItsModel) {
    const json diff = runJson("diff " + kDiffModel + " --width 0.5" + kDiffBoard);
    EXPECT_EQ(diff["baseline"]["variation"], "original");
    EXPECT_EQ(diff["candidate"]["variation"], "w0.5");
    EXPECT_LT(diff["totals_delta"]["macs"], 0);
    EXPECT_LT(diff["totals_delta"]["latency_us"], 0);
    EXPECT_TRUE(diff["added"].empty());
    EXPECT_TRUE(diff["removed"].empty());
    for (const json& layer : diff["layers"])
        EXPECT_EQ(layer["evidence"], "origin");
    EXPECT_EQ(diff["verdict"]["better"], "unknown");
}

TEST(Diff, TwoFilesAreMatchedByStructure) {
    const TemporaryDir dir;
    const std::string other = (dir / "other.tflite").string();
    ASSERT_EQ(run("vary " + kDiffModel + " --prune 0.25 -o " + other).status, 0);
    const json diff = runJson("diff " + kDiffModel + " " + other);
    EXPECT_EQ(diff["matched"].size(), diff["baseline"]["layers"]);
    for (const json& pair : diff["matched"])
        EXPECT_EQ(pair["a"], pair["b"]);
    for (const json& layer : diff["layers"])
        EXPECT_NE(layer["evidence"], "origin");
    const json same = runJson("diff " + other + " " + other);
    EXPECT_EQ(same["verdict"]["better"], "equal");
}

TEST(Diff, VariationDocumentsNeedTheirModel) {
    const TemporaryDir dir;
    const std::string a = (dir / "a.json").string(), b = (dir / "b.json").string();
    for (const auto& [file, width] : {std::pair{a, "0.75"}, {b, "0.5"}})
        ASSERT_EQ(run("vary " + kDiffModel + " --width " + width + " --save-variation " + file +
                      " -o " + (dir / "v.tflite").string())
                      .status,
                  0);
    const json diff = runJson("diff " + a + " " + b + " --of " + kDiffModel);
    EXPECT_EQ(diff["baseline"]["variation"], "w0.75");
    EXPECT_EQ(diff["candidate"]["variation"], "w0.5");
    EXPECT_EQ(runJson("diff " + a + " " + kDiffModel)["candidate"]["variation"], "original");
    const auto lost = run("diff " + a + " " + b);
    EXPECT_EQ(lost.status, 1);
    EXPECT_NE(lost.err.find("--of MODEL"), std::string::npos);
    EXPECT_EQ(run("diff " + kDiffModel + " " + b + " --width 0.5").status, 1);
    EXPECT_EQ(run("diff " + kDiffModel).status, 1);
    EXPECT_EQ(run("diff").status, 2);
}

TEST(Diff, WritesAPageThatBeginsWithTheVerdict) {
    const TemporaryDir dir;
    const std::string page = (dir / "page.html").string();
    const json diff = runJson("diff " + kDiffModel + " --width 0.5 -o " + page);
    EXPECT_EQ(diff["files"], json::array({page}));
    const std::string html = terminal::contentOf(page);
    EXPECT_NE(html.find(diff["verdict"]["sentence"].get<std::string>()), std::string::npos);
    EXPECT_EQ(run("diff " + kDiffModel + " --width 0.5 -o /nowhere/page.html").status, 1);
}

}  // namespace
