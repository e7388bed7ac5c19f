// SPDX-License-Identifier: GPL-3.0-or-later
#include "zoo/reference_models.h"

#include <gtest/gtest.h>

#include "analysis/count.h"
#include "support/shared_files.h"
#include "tflite/read.h"
#include "tflite/write.h"

namespace {

using namespace zoo;
using types::Graph;
using types::GraphPtr;

int64_t macsOf(const Graph& graph) {
    int64_t macs = 0;
    for (const auto& counts : analysis::countOps(graph))
        macs += counts.macs;
    return macs;
}

int64_t paramsOf(const Graph& graph) {
    int64_t params = 0;
    for (const auto& counts : analysis::countOps(graph))
        params += counts.params;
    return params;
}

struct Reference {
    types::Result<GraphPtr> (*build)(Precision);
    const char* model;  ///< a trained model of the same architecture
    int64_t macs;
};

const std::vector<Reference>& references() {
    static const std::vector<Reference> kReferences = {
        {keywordDsCnn, "mlpt_kws_int8.tflite", 2656768},
        {wakeWordsMobileNetV1, "mlpt_vww96_int8.tflite", 7489664},
        {imageResNet8, "mlpt_resnet_int8.tflite", 12501632},
        {anomalyAutoencoder, "mlpt_ad01_int8.tflite", 264192},
    };
    return kReferences;
}

TEST(ReferenceModels, HaveThePublishedMacs) {
    for (const Reference& reference : references())
        for (Precision precision : {Precision::Float32, Precision::Int8}) {
            const auto graph = reference.build(precision);
            ASSERT_TRUE(graph) << graph.error().message();
            EXPECT_EQ(macsOf(**graph), reference.macs) << (*graph)->name;
        }
}

TEST(ReferenceModels, SayThatTheyAreUntrained) {
    for (const BundledModel& model : bundledModels()) {
        const auto graph = model.build(model.precision).value();
        EXPECT_EQ(graph->name, model.name);
        EXPECT_NE(graph->description.find("untrained weights"), std::string::npos);
    }
}

TEST(ReferenceModels, ComeBackFromTheirFile) {
    for (const BundledModel& model : bundledModels()) {
        const auto graph = model.build(model.precision).value();
        const auto bytes = tflite::writeBytes(*graph);
        const auto again = tflite::readBytes(bytes, model.name);
        ASSERT_TRUE(again) << again.error().message();
        EXPECT_EQ((*again)->description, graph->description);
        EXPECT_EQ(macsOf(**again), macsOf(*graph));
        EXPECT_EQ(paramsOf(**again), paramsOf(*graph));
    }
}

/// Kind and shapes of every layer must be those of the trained model.
void expectSameLayers(const Graph& ours, const Graph& trained) {
    ASSERT_EQ(ours.ops.size(), trained.ops.size());
    for (size_t i = 0; i < ours.ops.size(); ++i) {
        SCOPED_TRACE(types::opLabel(trained, i));
        EXPECT_EQ(ours.ops[i].kind, trained.ops[i].kind);
        EXPECT_EQ(ours.tensor(ours.ops[i].output(0)).shape,
                  trained.tensor(trained.ops[i].output(0)).shape);
        EXPECT_EQ(ours.ops[i].version, trained.ops[i].version);
        const bool weighted = ours.ops[i].inputs.size() == 3;
        if (!weighted) continue;
        for (size_t operand : {1, 2})
            EXPECT_EQ(ours.tensor(ours.ops[i].input(operand)).shape,
                      trained.tensor(trained.ops[i].input(operand)).shape);
    }
}

TEST(ReferenceModels, HaveTheLayersOfTheTrainedModels) {
    SKIP_WITHOUT_SHARED();
    for (const Reference& reference : references()) {
        SCOPED_TRACE(reference.model);
        const auto trained = tflite::read(*support::sharedDir() / "models" / reference.model);
        ASSERT_TRUE(trained) << trained.error().message();
        const auto ours = reference.build(Precision::Int8).value();
        expectSameLayers(*ours, **trained);
        EXPECT_EQ(macsOf(*ours), macsOf(**trained));
        EXPECT_EQ(paramsOf(*ours), paramsOf(**trained));
    }
}

}  // namespace
