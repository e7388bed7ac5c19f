// SPDX-License-Identifier: GPL-3.0-or-later
// Custom operators of streaming models: hops that end early, state, options nobody should trust.
#include <gtest/gtest.h>

#include <cmath>

#include "lowering/execution.h"
#include "lowering/requirements.h"
#include "lowering/seeded_input.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "tflite/write.h"
#include "types/op_kind.h"

namespace {

using lowering::Execution;
using types::Graph;
using types::OpKind;

const std::filesystem::path kStreamingModels = NETCALIPER_SOURCE_DIR "/tests/golden/models";

types::GraphPtr streamingGolden(const std::string& name) {
    const auto graph = tflite::read(kStreamingModels / (name + ".tflite"));
    EXPECT_TRUE(graph) << graph.error().message();
    return graph.value_or(nullptr);
}

/// Outputs of the next `hops` invokes; nothing for those that ended early.
std::vector<std::vector<uint8_t>> outputsOf(Execution& execution, const Graph& graph, int hops) {
    std::vector<std::vector<uint8_t>> outputs;
    lowering::SplitMix64 random(1);
    for (int hop = 0; hop < hops; ++hop) {
        for (size_t i = 0; i < execution.inputCount(); ++i)
            lowering::fillSeeded(random, graph.tensor(graph.inputs[i]).type, execution.input(i));
        EXPECT_TRUE(execution.invoke());
        const auto bytes = execution.output(0);
        outputs.emplace_back();
        if (!execution.wasSkipped()) outputs.back().assign(bytes.begin(), bytes.end());
    }
    return outputs;
}

/// Cycles of two and of three: one output in six hops.
TEST(Streaming, CircularBuffersLetEveryNthHopPass) {
    const auto graph = streamingGolden("circular_buffer_stream");
    for (const auto kernels : {lowering::Kernels::Reference, lowering::Kernels::Fast}) {
        auto execution = Execution::create(*graph, kernels);
        ASSERT_TRUE(execution);
        EXPECT_EQ(execution->hopsPerOutput(), 6u);
        EXPECT_TRUE(execution->mayLeaveUnwritten());
        const auto outputs = outputsOf(*execution, *graph, 18);
        for (size_t hop = 0; hop < outputs.size(); ++hop)
            EXPECT_EQ(outputs[hop].empty(), hop % 6 != 5) << hop;
        EXPECT_NE(outputs[5], outputs[11]);
        execution->resetState();
        EXPECT_EQ(outputsOf(*execution, *graph, 18), outputs);
    }
}

TEST(Streaming, TheLastBufferIsGuessedFromItsShape) {
    const auto execution = Execution::create(*streamingGolden("circular_buffer_guessed"));
    ASSERT_TRUE(execution);
    EXPECT_EQ(execution->hopsPerOutput(), 2u);
}

TEST(Streaming, InvokeHopsGivesOneOutput) {
    const auto graph = streamingGolden("circular_buffer_stream");
    auto execution = Execution::create(*graph);
    ASSERT_TRUE(execution);
    int filled = 0;
    size_t seen = 0;
    ASSERT_TRUE(execution->invokeHops(
        [&](Execution& e) -> types::Result<void> {
            std::ranges::fill(e.input(0), static_cast<uint8_t>(++filled));
            return {};
        },
        [&](size_t) { ++seen; }));
    EXPECT_EQ(filled, 6);
    EXPECT_EQ(seen, graph->ops.size());
    EXPECT_FALSE(execution->wasSkipped());
}

/// The output keeps its slices though the file does not declare it as state.
TEST(Streaming, CircularBuffersKeepWhatNoFileDeclares) {
    Graph graph = *streamingGolden("circular_buffer");
    const auto declared = Execution::create(graph);
    for (types::Tensor& tensor : graph.tensors)
        tensor.isVariable = false;
    auto execution = Execution::create(graph);
    ASSERT_TRUE(execution && declared);
    auto other = declared->sibling();
    EXPECT_EQ(outputsOf(*execution, graph, 9).back(), outputsOf(other, graph, 9).back());
}

TEST(Streaming, WritingKeepsTheOptions) {
    for (const char* name : {"signal_framer", "circular_buffer_stream", "signal_front_end"}) {
        Graph graph = *streamingGolden(name);
        graph.original = {};
        const auto again = tflite::readBytes(tflite::writeBytes(graph), name);
        ASSERT_TRUE(again) << again.error().message();
        // Operators that no file had write their own options.
        for (types::Op& op : graph.ops)
            op.carried = nullptr;
        const auto made = tflite::readBytes(tflite::writeBytes(graph), name);
        ASSERT_TRUE(made) << made.error().message();
        for (const Graph* read : {again->get(), made->get()}) {
            auto first = Execution::create(*streamingGolden(name)),
                 second = Execution::create(*read);
            ASSERT_TRUE(first && second);
            EXPECT_EQ(outputsOf(*second, *read, 6), outputsOf(*first, graph, 6));
        }
    }
}

std::string refusalOf(const char* model, OpKind kind, size_t position, double value) {
    Graph graph = *streamingGolden(model);
    for (types::Op& op : graph.ops)
        if (op.kind == kind)
            std::get<types::CustomOptions>(op.options).numbers.at(position) = {
                "", value, value == std::floor(value)};
    const auto runnable = lowering::checkRunnable(graph);
    return runnable ? "runs" : runnable.error().message();
}

TEST(Streaming, OptionsOutOfRangeAreRefused) {
    constexpr double kHuge = 2e9;
    for (double value : {-1.0, 0.0, 0.5, kHuge, 1e300}) {
        EXPECT_NE(refusalOf("signal_framer", OpKind::SIGNAL_FRAMER, 1, value), "runs") << value;
        EXPECT_NE(refusalOf("signal_stacker", OpKind::SIGNAL_STACKER, 3, value), "runs") << value;
        EXPECT_NE(refusalOf("signal_rfft_int16_16", OpKind::SIGNAL_RFFT, 1, value), "runs");
        EXPECT_NE(refusalOf("signal_overlap_add_int16", OpKind::SIGNAL_OVERLAP_ADD, 1, value),
                  "runs");
    }
    for (double value : {-1.0, 0.5, 32.0, kHuge})
        EXPECT_NE(refusalOf("signal_window", OpKind::SIGNAL_WINDOW, 0, value), "runs") << value;
    EXPECT_NE(refusalOf("signal_energy", OpKind::SIGNAL_ENERGY, 0, 18), "runs");
    EXPECT_NE(refusalOf("signal_delay", OpKind::SIGNAL_DELAY, 0, kHuge), "runs");
    EXPECT_NE(refusalOf("circular_buffer", OpKind::CIRCULAR_BUFFER, 0, 0.5), "runs");
    // 2 * 7 has a radix for which TFLM has no memory.
    EXPECT_NE(refusalOf("signal_rfft_int16_16", OpKind::SIGNAL_RFFT, 1, 28), "runs");
}

/// A file with one byte changed may be refused or run, but never reads what is not its own.
void runDamaged(const std::vector<uint8_t>& file, size_t at, uint8_t bits) {
    std::vector<uint8_t> damaged = file;
    damaged[at] ^= bits;
    const auto graph = tflite::readBytes(types::Bytes(std::move(damaged)), "damaged");
    if (!graph) return;
    int64_t elements = 0;
    for (const types::Tensor& tensor : (*graph)->tensors)
        elements += tensor.elements();
    if (elements > 1'000'000) return;
    auto execution = Execution::create(**graph);
    if (!execution) return;
    for (int hop = 0; hop < 3; ++hop)
        if (!execution->invoke()) return;
}

TEST(Streaming, DamagedFilesHarmNobody) {
    for (const auto& path : support::filesOf(kStreamingModels, ".tflite")) {
        const std::string name = path.filename().string();
        if (!name.starts_with("signal_") && !name.starts_with("circular_")) continue;
        const auto graph = tflite::read(path);
        ASSERT_TRUE(graph) << graph.error().message();
        const auto view = (*graph)->original.view();
        const std::vector<uint8_t> file(view.begin(), view.end());
        for (size_t at = 8; at < file.size(); at += 1 + file.size() / 400)
            for (uint8_t bits : {0x01, 0x80, 0xff})
                runDamaged(file, at, bits);
    }
}

}  // namespace
