// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/read.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "support/golden.h"

namespace {

TEST(Read, OpensEveryReferenceModel) {
    SKIP_WITHOUT_SHARED();
    const auto files = support::filesOf(*support::sharedDir() / "models", ".tflite");
    ASSERT_FALSE(files.empty());
    for (const auto& file : files) {
        const auto graph = tflite::read(file);
        EXPECT_TRUE(graph) << (graph ? "" : graph.error().message());
    }
}

TEST(Read, OpensEveryConformanceModel) {
    SKIP_WITHOUT_SHARED();
    for (const auto& golden : support::goldenCases("conformance/")) {
        const auto graph = tflite::read(golden.model);
        EXPECT_TRUE(graph) << (graph ? "" : graph.error().message());
    }
}

TEST(Read, AgreesWithTheGoldensOnInputsAndOutputs) {
    SKIP_WITHOUT_SHARED();
    for (const auto& golden : support::goldenCases("")) {
        const auto graph = tflite::read(golden.model);
        ASSERT_TRUE(graph);
        const auto& inputs = golden.golden["inputs"];
        ASSERT_EQ((*graph)->inputs.size(), inputs.size());
        for (size_t i = 0; i < inputs.size(); ++i) {
            const types::Tensor& tensor = (*graph)->tensor((*graph)->inputs[i]);
            EXPECT_EQ((*graph)->inputs[i], inputs[i]["tensor"]);
            EXPECT_EQ(tensor.shape, inputs[i]["shape"].get<types::Shape>());
            EXPECT_EQ(tensor.bytes(), inputs[i]["bytes"]);
        }
        EXPECT_EQ((*graph)->outputs[0], golden.golden["outputs"][0]["tensor"]);
    }
}

/// Rows "| file | expected | ..." of the index of malformed files.
std::vector<std::pair<std::string, bool>> hostileFiles() {
    std::vector<std::pair<std::string, bool>> rows;
    std::ifstream index(*support::sharedDir() / "hostile" / "INDEX.md");
    const std::regex row(R"(\| (\S+\.tflite) \| (reject|may).*)");
    std::smatch match;
    for (std::string line; std::getline(index, line);)
        if (std::regex_match(line, match, row)) rows.emplace_back(match[1], match[2] == "reject");
    return rows;
}

TEST(Read, HostileFilesGiveAMessageOrLoad) {
    SKIP_WITHOUT_SHARED();
    const auto rows = hostileFiles();
    ASSERT_FALSE(rows.empty());
    for (const auto& [name, mustReject] : rows) {
        const auto graph = tflite::read(*support::sharedDir() / "hostile" / name);
        if (graph) continue;  // files that load but must not run are lowering's to refuse
        EXPECT_FALSE(graph.error().what.empty()) << name;
        EXPECT_FALSE(graph.error().where.empty()) << name;
        EXPECT_FALSE(graph.error().remedy.empty()) << name;
        EXPECT_EQ(graph.error().message().find('\n'), std::string::npos) << name;
    }
}

TEST(Read, SaysWhatIsWrongWithAFileThatIsNoModel) {
    const auto graph = tflite::readBytes(types::Bytes(std::vector<uint8_t>(64, 7)), "x.tflite");
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().message(),
              "not a .tflite model, the identifier TFL3 is missing at byte 4: x.tflite: choose a "
              "TensorFlow Lite file");
}

TEST(Read, SaysThatAMissingFileIsMissing) {
    const auto graph = tflite::read("no/such/model.tflite");
    ASSERT_FALSE(graph);
    EXPECT_EQ(graph.error().where, "no/such/model.tflite");
}

}  // namespace
