// SPDX-License-Identifier: GPL-3.0-or-later
// Every operator that runs is known to all rooms that must know it. A failure names the file to
// edit. Exceptions are listed here with their reason, and fail once they no longer apply.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "analysis/op_version.h"
#include "analysis/shapes.h"
#include "cost/tflm/tflm_sizes.h"
#include "footprint/code_size.h"
#include "lowering/prepare/prepare.h"
#include "lowering/requirements.h"
#include "quantize/scale_rules.h"
#include "tflite/read.h"
#include "transform/channels/dependency.h"
#include "types/op_traits.h"

namespace {

using types::OpKind;
using types::opName;

/// Operators with a prepare function.
std::vector<OpKind> runnableOperators() {
    std::vector<OpKind> kinds;
    for (int32_t code = 0; code < types::kOpKindCount; ++code)
        if (lowering::hasPrepare(static_cast<OpKind>(code)))
            kinds.push_back(static_cast<OpKind>(code));
    return kinds;
}

using Exceptions = std::map<OpKind, const char*>;

const Exceptions kUnknownToTflm = {{OpKind::REDUCE_ANY, "TFLM has no kernel"}};

/// `lacks`: "has no shape rule: add one in FILE".
template <typename Has>
void expectAll(Has has, const std::string& lacks, const Exceptions& exceptions = {}) {
    for (const OpKind kind : runnableOperators()) {
        const auto exception = exceptions.find(kind);
        if (exception == exceptions.end()) {
            EXPECT_TRUE(has(kind)) << opName(kind) << " " << lacks;
        } else {
            EXPECT_FALSE(has(kind)) << opName(kind) << " is no exception any more (\""
                                    << exception->second << "\"): remove it from " << __FILE__;
        }
    }
}

TEST(OperatorCoverage, EveryOperatorHasAClass) {
    expectAll(types::hasOpTraits,
              "has no class and so no colour: add a row in "
              "engine/types/op_traits.cpp");
}

TEST(OperatorCoverage, EveryOperatorHasAShapeRule) {
    expectAll(analysis::hasShapeRule,
              "has no shape rule: give it a pattern in engine/types/op_traits.cpp or a rule in "
              "engine/analysis/shapes*.cpp");
}

TEST(OperatorCoverage, EveryOperatorHasAScaleRule) {
    constexpr const char* kFloat = "its kernels are for float32 or plain integers";
    constexpr const char* kNoNumbers = "its values are no quantized numbers";
    constexpr const char* kRecurrent = "quantizing it is not offered: state and gates have scales";
    constexpr const char* kTable = "its table stays as stored";
    constexpr const char* kShared = "its tensors are those of other subgraphs, too";
    constexpr const char* kConverts = "inserted between layers of different scales";
    const Exceptions exceptions = {
        {OpKind::L2_POOL_2D, kFloat},
        {OpKind::FLOOR_DIV, kFloat},
        {OpKind::FLOOR_MOD, kFloat},
        {OpKind::CEIL, kFloat},
        {OpKind::COS, kFloat},
        {OpKind::FLOOR, kFloat},
        {OpKind::NEG, kFloat},
        {OpKind::ROUND, kFloat},
        {OpKind::SIN, kFloat},
        {OpKind::SQRT, kFloat},
        {OpKind::SQUARE, kFloat},
        {OpKind::CAST, kFloat},
        {OpKind::FILL, kFloat},
        {OpKind::ZEROS_LIKE, kFloat},
        {OpKind::LOGICAL_AND, kNoNumbers},
        {OpKind::LOGICAL_OR, kNoNumbers},
        {OpKind::LOGICAL_NOT, kNoNumbers},
        {OpKind::REDUCE_ALL, kNoNumbers},
        {OpKind::REDUCE_ANY, kNoNumbers},
        {OpKind::SHAPE, kNoNumbers},
        {OpKind::BROADCAST_ARGS, kNoNumbers},
        {OpKind::EMBEDDING_LOOKUP, kTable},
        {OpKind::CALL_ONCE, kShared},
        {OpKind::IF, kShared},
        {OpKind::WHILE, kShared},
        {OpKind::VAR_HANDLE, kShared},
        {OpKind::READ_VARIABLE, kShared},
        {OpKind::ASSIGN_VARIABLE, kShared},
        {OpKind::QUANTIZE, kConverts},
        {OpKind::DEQUANTIZE, kConverts},
        {OpKind::SVDF, kRecurrent},
        {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, kRecurrent},
    };
    expectAll([](OpKind kind) { return quantize::scaleRule(kind) != quantize::ScaleRule::None; },
              "has no scale rule: add it in engine/quantize/scale_rules.cpp, or as an exception in "
              "tests/operators/operator_coverage_test.cpp",
              exceptions);
}

TEST(OperatorCoverage, EveryOperatorHasADependencyRule) {
    constexpr const char* kPositions = "reads or gives positions along axes, which removal shifts";
    constexpr const char* kShape = "reads or gives a shape";
    const Exceptions exceptions = {
        {OpKind::ARG_MAX, kPositions},
        {OpKind::ARG_MIN, kPositions},
        {OpKind::CUMSUM, kPositions},
        {OpKind::DYNAMIC_UPDATE_SLICE, kPositions},
        {OpKind::GATHER, kPositions},
        {OpKind::GATHER_ND, kPositions},
        {OpKind::REVERSE_V2, kPositions},
        {OpKind::FILL, kShape},
        {OpKind::SHAPE, kShape},
        {OpKind::BROADCAST_ARGS, kShape},
        {OpKind::EMBEDDING_LOOKUP, kPositions},
    };
    expectAll(transform::hasDependencyRule,
              "has no channel dependency rule: give it a pattern in engine/types/op_traits.cpp, a "
              "rule in engine/transform/channels/dependency_*.cpp, or an exception in "
              "tests/operators/operator_coverage_test.cpp",
              exceptions);
}

TEST(OperatorCoverage, EveryOperatorHasAnOpVersion) {
    expectAll(analysis::hasOpVersion,
              "has no operator version: add a row in engine/analysis/op_version.cpp");
}

TEST(OperatorCoverage, EveryOperatorHasASizeUnderTflm) {
    expectAll([](OpKind kind) { return cost::opSizes(kind, cost::TflmBuild::Host64).has_value(); },
              "has no size under TFLM: add a row in engine/cost/tflm/tflm_sizes.cpp",
              kUnknownToTflm);
}

std::vector<types::GraphPtr> goldenModels() {
    const auto models = std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/golden/models";
    std::vector<types::GraphPtr> graphs;
    for (const auto& entry : std::filesystem::directory_iterator(models)) {
        const auto graph = tflite::read(entry.path().string());
        EXPECT_TRUE(graph.has_value()) << entry.path();
        if (graph) graphs.push_back(*graph);
    }
    return graphs;
}

TEST(OperatorCoverage, EveryOperatorHasAGolden) {
    std::set<OpKind> covered;
    for (const auto& graph : goldenModels())
        for (const types::Op& op : graph->ops)
            covered.insert(op.kind);
    expectAll([&](OpKind kind) { return covered.contains(kind); },
              "has no golden: add a model and what TFLM makes of it in tests/golden",
              kUnknownToTflm);
}

/// True for operators whose output element needs no other element of their operands.
bool isElementByElement(OpKind kind) {
    const types::OpPattern pattern = types::opTraits(kind).pattern;
    return pattern == types::OpPattern::ElementWise || pattern == types::OpPattern::Broadcast;
}

bool couldOverwrite(const types::Graph& graph, const types::Op& op) {
    constexpr OpKind kReadsNoInput = OpKind::ZEROS_LIKE;
    if (!isElementByElement(op.kind) || op.kind == kReadsNoInput) return false;
    const types::Tensor& input = graph.tensors[op.inputs[0]];
    const types::Tensor& output = graph.tensors[op.outputs[0]];
    // C++ lets only bytes alias an element of another type.
    if (op.kind == OpKind::CAST && types::bytesOf(output.type, 1) > 1) return false;
    return output.bytes() <= input.bytes();
}

TEST(OperatorCoverage, EveryElementwiseKernelRunsInPlace) {
    std::set<std::string> could, can;
    for (const auto& graph : goldenModels()) {
        const auto needs = lowering::planNeeds(*graph);
        for (size_t i = 0; i < graph->ops.size(); ++i) {
            const types::Op& op = graph->ops[i];
            if (!couldOverwrite(*graph, op)) continue;
            // Most operators have one kernel for each type of their input.
            const auto type = graph->tensors[op.inputs[0]].type;
            const std::string name = opName(op.kind) + " of " + types::dataTypeName(type);
            could.insert(name);
            if (!needs.overwritable[i].empty()) can.insert(name);
        }
    }
    for (const std::string& name : could)
        EXPECT_TRUE(can.contains(name))
            << name << " overwrites no input: list its kernel in "
            << "engine/runtime/kernels/overwriting.cpp, or an exception in couldOverwrite()";
}

TEST(OperatorCoverage, EveryKernelHasACodeSize) {
    const auto isListed = [](runtime::KernelId id) {
        for (const footprint::CodeFile& file : footprint::kernelFiles())
            if (static_cast<uint16_t>(id) >= file.first && static_cast<uint16_t>(id) <= file.last)
                return true;
        return false;
    };
#define NETCALIPER_EXPECT(id, function)          \
    EXPECT_TRUE(isListed(runtime::KernelId::id)) \
        << #id << " has no code size: add its file in engine/footprint/code_size_table.cpp";
    NETCALIPER_KERNELS(NETCALIPER_EXPECT)
#undef NETCALIPER_EXPECT
}

}  // namespace
