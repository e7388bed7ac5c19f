// SPDX-License-Identifier: GPL-3.0-or-later
// Our runtime compared with a board: the keyword model's outputs on a NUCLEO-L4R5ZI, printed by its
// firmware in the accuracy mode of EnergyRunner, and its outputs here. The firmware prints three
// decimals, truncated (254/256 as 0.992, 2/256 as 0.007).

#include <cmath>
#include <cstring>
#include <fstream>
#include <map>

#include "lowering/execution.h"
#include "sample_log.h"
#include "tflite/read.h"

namespace importers {
namespace {

using Outputs = std::vector<double>;

Outputs cutToThreeDecimals(std::span<const uint8_t> codes, const types::Quantization& scale) {
    Outputs values;
    for (const uint8_t byte : codes) {
        const auto code = static_cast<int8_t>(byte);
        const double real = static_cast<double>(scale.scale.at(0)) *
                            static_cast<double>(code - scale.firstZeroPoint());
        values.push_back(std::floor(real * 1000) / 1000);
    }
    return values;
}

Outputs runOn(lowering::Execution& execution, const types::Graph& graph,
              const std::filesystem::path& sample) {
    std::ifstream stream(sample, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const auto input = execution.input(0);
    EXPECT_EQ(bytes.size(), input.size()) << sample;
    std::memcpy(input.data(), bytes.data(), std::min(bytes.size(), input.size()));
    EXPECT_TRUE(execution.invoke());
    return cutToThreeDecimals(execution.output(0), graph.tensor(graph.outputs[0]).quantization);
}

TEST(KwsOutputs, AgreeWithTheBoardInEveryPrintedDecimal) {
    SKIP_WITHOUT_SHARED();
    const auto shared = *support::sharedDir();
    std::map<std::string, Outputs> board;
    for (const auto& output : readSession(shared / "logs/energyrunner_v05_kws/accuracy").outputs)
        board[output.input] = output.values;
    const auto graph = tflite::read(shared / "models/mlpt_kws_int8.tflite");
    ASSERT_TRUE(graph);
    auto execution = lowering::Execution::create(**graph);
    ASSERT_TRUE(execution);
    int compared = 0;
    for (const auto& sample : support::filesOf(shared / "datasets/kws01", ".bin")) {
        const auto printed = board.find(sample.filename().string());
        ASSERT_NE(printed, board.end()) << sample;
        EXPECT_EQ(runOn(*execution, **graph, sample), printed->second) << sample;
        ++compared;
    }
    EXPECT_EQ(compared, 500);
    RecordProperty("samples", compared);
}

}  // namespace
}  // namespace importers
