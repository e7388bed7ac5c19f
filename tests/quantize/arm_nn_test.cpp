// SPDX-License-Identifier: GPL-3.0-or-later
// Our int8 files read and run by Arm NN (reference backend), compared code by code with our
// runtime. Arm NN rounds differently in rescaling than TFLite, hence a tolerance of 1 LSB per
// layer; over many layers and through a softmax errors can add up, so deep models are compared
// layer by layer.
#include <armnn/ArmNN.hpp>
#include <armnnTfLiteParser/ITfLiteParser.hpp>

#include "lowering/seeded_input.h"
#include "quantized_net.h"
#include "support/shared_files.h"

namespace {

using namespace quantized;

#define SKIP_WITHOUT_BACKEND() \
    if (!hasReferenceBackend()) GTEST_SKIP() << "libarmnn-cpuref-backend22 is absent"

class ArmNn {
public:
    explicit ArmNn(const Graph& graph)
        : m_parser(armnnTfLiteParser::ITfLiteParser::Create()),
          m_runtime(armnn::IRuntime::Create({})) {
        const auto bytes = tflite::writeBytes(graph);
        const auto network =
            m_parser->CreateNetworkFromBinary({bytes.view().begin(), bytes.view().end()});
        auto optimized =
            armnn::Optimize(*network, {armnn::Compute::CpuRef}, m_runtime->GetDeviceSpec());
        m_runtime->LoadNetwork(m_network, std::move(optimized));
    }

    std::vector<int8_t> run(const std::vector<int8_t>& input) {
        const auto in =
            m_parser->GetNetworkInputBindingInfo(0, m_parser->GetSubgraphInputTensorNames(0)[0]);
        const auto out =
            m_parser->GetNetworkOutputBindingInfo(0, m_parser->GetSubgraphOutputTensorNames(0)[0]);
        std::vector<int8_t> output(out.second.GetNumElements());
        m_runtime->EnqueueWorkload(m_network,
                                   {{in.first, armnn::ConstTensor(in.second, input.data())}},
                                   {{out.first, armnn::Tensor(out.second, output.data())}});
        return output;
    }

private:
    armnnTfLiteParser::ITfLiteParserPtr m_parser;
    armnn::IRuntimePtr m_runtime;
    armnn::NetworkId m_network = 0;
};

std::vector<int8_t> ours(const Graph& graph, const std::vector<int8_t>& input) {
    auto execution = lowering::Execution::create(graph);
    EXPECT_TRUE(execution);
    std::memcpy(execution->input(0).data(), input.data(), input.size());
    EXPECT_TRUE(execution->invoke());
    const auto bytes = execution->output(0);
    return {bytes.begin(), bytes.end()};
}

bool hasReferenceBackend() {
    const auto runtime = armnn::IRuntime::Create({});
    return runtime->GetDeviceSpec().GetSupportedBackends().count(armnn::Compute::CpuRef) > 0;
}

GraphPtr int8Of(const GraphPtr& net, bool perChannel) {
    auto variation = in(Precision::Int8);
    variation.quantize.perChannel = perChannel;
    return apply(net, variation, dataFor(*net)).graph;
}

/// One operator of a model as a model of its own.
GraphPtr alone(const Graph& graph, const types::Op& op) {
    Graph part = graph;
    part.ops = {op};
    part.inputs = {op.inputs[0]};
    part.outputs = op.outputs;
    return std::make_shared<const Graph>(part);
}

void expectAgreement(const GraphPtr& graph) {
    ArmNn armNn(*graph);
    lowering::SplitMix64 random(1);
    for (int i = 0; i < 8; ++i) {
        std::vector<uint8_t> bytes(static_cast<size_t>(graph->tensor(graph->inputs[0]).elements()));
        lowering::fillSeeded(random, DataType::Int8, bytes);
        const std::vector<int8_t> input(bytes.begin(), bytes.end());
        const auto expected = ours(*graph, input), found = armNn.run(input);
        ASSERT_EQ(expected.size(), found.size());
        for (size_t k = 0; k < found.size(); ++k)
            EXPECT_NEAR(expected[k], found[k], 1) << "input " << i << ", element " << k;
    }
}

TEST(ArmNn, RunsAConvolutionPerChannel) {
    SKIP_WITHOUT_BACKEND();
    zoo::GraphBuilder build("conv");
    auto x = build.input({1, 8, 8, 3});
    x = build.conv(x, 8, 3, 2, zoo::Padding::Same, zoo::Activation::Relu);
    expectAgreement(int8Of(*build.finish({x}), true));
}

TEST(ArmNn, RunsADepthwiseConvolutionPerChannel) {
    SKIP_WITHOUT_BACKEND();
    zoo::GraphBuilder build("depthwise");
    auto x = build.input({1, 8, 8, 4});
    x = build.depthwise(x, 3, 1, zoo::Padding::Same, zoo::Activation::Relu6);
    expectAgreement(int8Of(*build.finish({x}), true));
}

TEST(ArmNn, RunsSharedScalesAndADenseLayer) {
    SKIP_WITHOUT_BACKEND();
    zoo::GraphBuilder build("shared");
    auto x = build.input({1, 8, 8, 4});
    x = build.averagePool(build.concat({build.maxPool(x, 1), x}), 4, 4);
    x = build.fullyConnected(build.flatten(x), 5);
    expectAgreement(int8Of(*build.finish({x}), false));
}

TEST(ArmNn, RunsEveryLayerOfRealModels) {
    SKIP_WITHOUT_SHARED();
    SKIP_WITHOUT_BACKEND();
    for (const char* name : {"mlpt_kws_int8", "heim_lenet_fp32", "mlpt_ad01_fp32"}) {
        const auto model =
            tflite::read(*support::sharedDir() / "models" / (std::string(name) + ".tflite"));
        ASSERT_TRUE(model) << model.error().message();
        const auto graph = int8Of(*model, false);
        for (const auto& op : graph->ops) {
            SCOPED_TRACE(std::string(name) + " #" + std::to_string(op.origin) + " " + op.name());
            expectAgreement(alone(*graph, op));
        }
    }
}

TEST(ArmNn, RunsWholeModels) {
    SKIP_WITHOUT_SHARED();
    SKIP_WITHOUT_BACKEND();
    for (const char* name : {"tflm_micro_speech_int8", "mlpt_strww", "tflm_hello_world_float"}) {
        SCOPED_TRACE(name);
        const auto model =
            tflite::read(*support::sharedDir() / "models" / (std::string(name) + ".tflite"));
        ASSERT_TRUE(model) << model.error().message();
        expectAgreement(int8Of(*model, false));
    }
}

TEST(ArmNn, RunsASumAndASoftmax) {
    SKIP_WITHOUT_BACKEND();
    zoo::GraphBuilder build("sum");
    auto x = build.input({1, 6});
    expectAgreement(int8Of(*build.finish({build.softmax(build.add(x, x))}), true));
}

}  // namespace
