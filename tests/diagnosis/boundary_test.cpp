// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/boundary.h"

#include <gtest/gtest.h>

#include "calibration/model_inputs.h"
#include "diagnosis/partial_graph.h"
#include "small_model.h"

namespace {

TEST(Boundary, HoldsWhatARunOfTheWholeModelMakes) {
    for (auto precision : {zoo::Precision::Float32, zoo::Precision::Int8}) {
        const auto graph = diagnosed::branchedModel(precision);
        const auto inputs = calibration::randomInputs(*graph, 3, 7);
        auto execution = lowering::Execution::create(*graph);
        ASSERT_TRUE(execution);
        diagnosis::Boundary boundary(*graph, *inputs);
        // 1 to 3 one by one, then a jump; every activation that crosses is compared.
        for (size_t op : {size_t{1}, size_t{2}, size_t{3}, size_t{6}}) {
            ASSERT_TRUE(boundary.advanceTo(op));
            for (size_t sample = 0; sample < boundary.samples(); ++sample) {
                calibration::writeInputs(*graph, inputs->samples[sample], *execution);
                ASSERT_TRUE(execution->invoke([&](size_t done) {
                    for (int32_t t : diagnosis::cutBefore(*graph, op)) {
                        if (graph->ops[done].output(0) != t || done >= op) continue;
                        const auto expected = execution->tensor(t), own = boundary.bytes(sample, t);
                        EXPECT_TRUE(
                            std::equal(own.begin(), own.end(), expected.begin(), expected.end()))
                            << "tensor " << t << " before operator " << op;
                    }
                }));
            }
        }
    }
}

}  // namespace
