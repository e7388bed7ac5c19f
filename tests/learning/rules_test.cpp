// SPDX-License-Identifier: GPL-3.0-or-later
// Every derivative rule against finite differences, and every forward pass against the runtime.

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "analysis/real_values.h"
#include "gradients.h"
#include "lowering/execution.h"
#include "lowering/seeded_input.h"
#include "tflite/read.h"
#include "zoo/graph_builder.h"

namespace {

using namespace zoo;
using types::OpKind;

/// Shapes of a layer, drawn from a seed: odd channels, strides, dilations and paddings included.
class RandomLayer : public testing::TestWithParam<int> {
protected:
    int draw(int low, int high) {
        return low + static_cast<int>(m_random() % static_cast<unsigned>(high - low + 1));
    }
    Padding padding() { return draw(0, 1) == 0 ? Padding::Same : Padding::Valid; }
    Activation activation() {
        constexpr Activation kAll[] = {Activation::None, Activation::Relu, Activation::Relu6,
                                       Activation::ReluN1To1, Activation::Tanh};
        return kAll[draw(0, 4)];
    }
    types::Shape image() { return {1, draw(4, 9), draw(4, 9), draw(1, 19)}; }

    std::mt19937 m_random{static_cast<unsigned>(GetParam())};
};

TEST_P(RandomLayer, Convolution) {
    GraphBuilder build("conv", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const Value x = build.input(image());
    const Size kernel(draw(1, 3), draw(1, 3));
    const Value y =
        build.conv(x, draw(1, 37), kernel, Size(draw(1, 2), draw(1, 2)), padding(), activation());
    gradients::expectSlopes(**build.finish({y}));
}

TEST_P(RandomLayer, GroupedConvolution) {
    GraphBuilder build("grouped", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const int groups = draw(2, 3);
    const Value x = build.input({1, draw(3, 6), draw(3, 6), groups * draw(1, 5)});
    const Value y = build.groupedConv(x, groups * draw(1, 5), groups, draw(1, 3), draw(1, 2),
                                      padding(), activation());
    gradients::expectSlopes(**build.finish({y}));
}

TEST_P(RandomLayer, Depthwise) {
    GraphBuilder build("depthwise", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const Value x = build.input(image());
    const int multiplier = draw(0, 2) == 0 ? draw(2, 3) : 1;
    const Value y = build.depthwise(x, Size(draw(1, 4), draw(1, 4)), draw(1, 2), padding(),
                                    activation(), multiplier);
    gradients::expectSlopes(**build.finish({y}));
}

TEST_P(RandomLayer, Dense) {
    GraphBuilder build("dense", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const Value x = build.input({draw(1, 2), draw(1, 70)});
    gradients::expectSlopes(**build.finish({build.fullyConnected(x, draw(1, 40), activation())}),
                            draw(1, 9));
}

TEST_P(RandomLayer, Pools) {
    GraphBuilder build("pools", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const Value x = build.input(image());
    const Size kernel(draw(1, 3), draw(1, 3)), stride(draw(1, 2));
    const Padding both = padding();
    const Value average = build.averagePool(x, kernel, stride, both);
    const Value greatest = build.maxPool(x, kernel, stride, both);
    gradients::expectSlopes(**build.finish({build.concat({average, greatest})}));
}

TEST_P(RandomLayer, ElementWise) {
    GraphBuilder build("elements", Precision::Float32, static_cast<uint64_t>(GetParam()));
    const types::Shape shape = image();
    const Value x = build.input(shape), y = build.input(shape);
    const std::vector<float> row(static_cast<size_t>(shape[3]), 0.7f);
    const Value perChannel = build.constant({shape[3]}, row);
    Value z = build.add(x, y, activation());
    z = build.mul(z, perChannel, activation());
    z = build.add(z, build.mean(y, {1, 2}, true), activation());
    z = build.mul(z, build.op(OpKind::SUB, {x, y}, types::ArithmeticOptions{}));
    z = build.op(OpKind::MAXIMUM, {z, y});
    z = build.op(OpKind::MINIMUM, {z, x});
    gradients::expectSlopes(**build.finish({z}), 3, 0.96);
}

INSTANTIATE_TEST_SUITE_P(Shapes, RandomLayer, testing::Range(1, 13));

/// Float models of tests/golden, one operator each.
std::vector<std::filesystem::path> floatGoldens() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder =
        std::filesystem::path(NETCALIPER_SOURCE_DIR) / "tests/golden/models";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

bool isFloat(const types::Graph& graph) {
    const auto real = [&](int32_t t) { return graph.tensor(t).type == types::DataType::Float32; };
    return graph.others.empty() && std::ranges::all_of(graph.inputs, real) &&
           std::ranges::all_of(graph.outputs, real) && !graph.inputs.empty();
}

void expectRuntimesOutputs(const types::Graph& graph) {
    auto network = learning::Network::build(
        graph, {.batch = 2, .threads = 1, .beforeSoftmax = false, .watched = graph.inputs});
    ASSERT_TRUE(network) << network.error().message();
    gradients::fillInputs(*network, 0.1f, 1);
    ASSERT_TRUE(network->forward(2));
    auto execution = lowering::Execution::create(graph);
    ASSERT_TRUE(execution);
    for (size_t sample = 0; sample < 2; ++sample) {
        execution->resetState();
        for (size_t i = 0; i < graph.inputs.size(); ++i) {
            const auto values =
                network->input(i).subspan(sample * network->inputSize(i), network->inputSize(i));
            std::memcpy(execution->input(i).data(), values.data(), values.size_bytes());
        }
        ASSERT_TRUE(execution->invoke());
        for (size_t o = 0; o < graph.outputs.size(); ++o) {
            const auto bytes = execution->output(o);
            for (size_t i = 0; i < network->outputSize(o); ++i) {
                float expected;
                std::memcpy(&expected, bytes.data() + i * sizeof(float), sizeof(float));
                const float value = network->outputs(o)[sample * network->outputSize(o) + i];
                ASSERT_NEAR(value, expected, 1e-4f * std::max(1.0f, std::fabs(expected)))
                    << "output " << o << " at " << i;
            }
        }
    }
}

TEST(Rules, HoldForEveryOperatorOfTheGoldens) {
    std::set<std::string> checked;
    for (const auto& file : floatGoldens()) {
        const auto graph = tflite::read(file);
        if (!graph || !isFloat(**graph)) continue;
        if (!lowering::Execution::create(**graph)) continue;
        SCOPED_TRACE(file.filename().string());
        auto network = learning::Network::build(
            **graph, {.batch = 1, .threads = 1, .watched = (*graph)->inputs});
        ASSERT_TRUE(network) << network.error().message();
        if (!network->frozen().empty()) continue;
        expectRuntimesOutputs(**graph);
        // Positive inputs suit logarithms and roots too.
        gradients::expectSlopes(**graph, 2, 0.96, 0.2f, 1);
        for (const types::Op& op : (*graph)->ops)
            checked.insert(op.name());
    }
    EXPECT_GE(checked.size(), 50u);
    std::string names;
    for (const std::string& name : checked)
        names += name + " ";
    RecordProperty("operators", names);
}

}  // namespace
