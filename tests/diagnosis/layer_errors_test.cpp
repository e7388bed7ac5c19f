// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/layer_errors.h"

#include <gtest/gtest.h>

#include <cmath>

#include "calibration/model_inputs.h"
#include "diagnosis/partial_graph.h"
#include "diagnosis/prefix.h"
#include "small_model.h"
#include "tflite/read.h"

namespace {

using diagnosed::branchedModel;
using diagnosed::withScaledWeights;

std::vector<types::LayerError> errorsOf(const types::Graph& original, const types::Graph& varied) {
    const auto pairs = diagnosis::pairsByOrigin(original, varied);
    const auto inputs = calibration::randomInputs(original, 6, 1);
    auto errors = diagnosis::measureLayerErrors(original, varied, pairs, *inputs);
    EXPECT_TRUE(errors) << errors.error().message();
    return errors ? *errors : std::vector<types::LayerError>();
}

TEST(LayerErrors, AModelDoesNotDifferFromItself) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = branchedModel(precision);
        const auto errors = errorsOf(*graph, *graph);
        ASSERT_EQ(errors.size(), graph->ops.size());
        for (const auto& error : errors) {
            EXPECT_FALSE(error.cumulative.differs);
            ASSERT_TRUE(error.isolated);
            EXPECT_FALSE(error.isolated->differs);
        }
    }
}

TEST(LayerErrors, OperatorsThatShareStateAreNotRunAlone) {
    const auto graph =
        tflite::read(NETCALIPER_SOURCE_DIR "/tests/golden/models/stream_int8_00.tflite");
    ASSERT_TRUE(graph) << graph.error().message();
    const auto pairs = diagnosis::pairsByOrigin(**graph, **graph);
    const auto errors = errorsOf(**graph, **graph);
    ASSERT_EQ(errors.size(), pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i)
        EXPECT_EQ(errors[i].isolated.has_value(),
                  !diagnosis::sharesState((*graph)->ops[pairs[i].varied]));
    EXPECT_EQ(diagnosis::commonPrefix(**graph, **graph), 0u);
}

TEST(LayerErrors, TheGuiltyLayerAloneIsGuiltyInIsolation) {
    const auto original = branchedModel();
    const auto errors = errorsOf(*original, *withScaledWeights(original, 1));
    for (size_t op = 0; op < errors.size(); ++op) {
        EXPECT_EQ(errors[op].isolated->differs, op == 1) << op;
        EXPECT_EQ(errors[op].cumulative.differs, op >= 1) << op;
    }
}

TEST(LayerErrors, WeightsThatAreAQuarterTooLargeGiveTwelveDecibels) {
    // No bias and no activation: the output of layer 2 is linear in its weights.
    const auto original = branchedModel();
    const auto scaled = withScaledWeights(original, 2);
    const auto errors = errorsOf(*original, *scaled);
    EXPECT_NEAR(*errors[2].cumulative.sqnrDb, 20 * std::log10(4.0), 1.0);
    EXPECT_FALSE(errors[2].cumulative.meanLsb);
}

TEST(LayerErrors, ResultsDoNotDependOnThreads) {
    const auto original = branchedModel(), varied = withScaledWeights(original, 0);
    const auto pairs = diagnosis::pairsByOrigin(*original, *varied);
    const auto inputs = calibration::randomInputs(*original, 9, 1);
    std::vector<std::vector<types::LayerError>> results;
    for (int threads : {1, 3})
        results.push_back(*diagnosis::measureLayerErrors(*original, *varied, pairs, *inputs, {},
                                                         types::Work{{}, {}, threads}));
    for (size_t op = 0; op < pairs.size(); ++op)
        EXPECT_NEAR(*results[0][op].cumulative.sqnrDb, *results[1][op].cumulative.sqnrDb, 1e-9);
}

TEST(LayerErrors, StopsWhenAsked) {
    const auto graph = branchedModel();
    std::stop_source stop;
    const types::Work work{stop.get_token(), [&](double, const char*) { stop.request_stop(); }};
    const auto errors =
        diagnosis::measureLayerErrors(*graph, *graph, diagnosis::pairsByOrigin(*graph, *graph),
                                      *calibration::randomInputs(*graph, 50, 1), {}, work);
    ASSERT_FALSE(errors);
    EXPECT_TRUE(errors.error().isCancelled());
}

TEST(LayerErrors, RefusesSamplesOfAnotherModel) {
    const auto graph = branchedModel();
    const calibration::RealInputs inputs{"one short sample", {{{1.0f}}}};
    EXPECT_FALSE(diagnosis::measureLayerErrors(*graph, *graph, {}, inputs));
}

}  // namespace
