// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/prefix.h"

#include <gtest/gtest.h>

#include "diagnosis/partial_graph.h"
#include "small_model.h"

namespace {

using diagnosed::branchedModel;
using diagnosed::withScaledWeights;

TEST(Prefix, EndsWhereTheFirstWeightDiffers) {
    const auto original = branchedModel();
    EXPECT_EQ(diagnosis::commonPrefix(*original, *original), original->ops.size());
    for (size_t op : {size_t{0}, size_t{1}, size_t{2}, size_t{5}})
        EXPECT_EQ(diagnosis::commonPrefix(*original, *withScaledWeights(original, op)), op);
}

TEST(Prefix, TensorsThatWereRenumberedAreFoundAgain) {
    const auto original = branchedModel();
    auto varied = *withScaledWeights(original, 2);
    // The output of layer 0 becomes a new tensor at the end of the list.
    const int32_t old = varied.ops[0].output(0);
    const auto renamed = static_cast<int32_t>(varied.tensors.size());
    varied.tensors.push_back(varied.tensor(old));
    for (auto& op : varied.ops)
        for (auto* list : {&op.inputs, &op.outputs})
            std::replace(list->begin(), list->end(), old, renamed);
    EXPECT_EQ(diagnosis::commonPrefix(*original, varied), 2u);
    EXPECT_EQ(diagnosis::sameTensors(*original, varied, {renamed}), std::vector<int32_t>{old});
}

TEST(Prefix, TheRestAsksForTheBranchThatPassesTheCut) {
    const auto graph = branchedModel();
    const auto rest = diagnosis::restOf(*graph, 2);
    EXPECT_EQ(rest.ops.size(), graph->ops.size() - 2);
    // Layer 2 reads layer 1, and the sum reads layer 0.
    EXPECT_EQ(rest.inputs,
              (std::vector<int32_t>{graph->ops[0].output(0), graph->ops[1].output(0)}));
    EXPECT_EQ(rest.outputs, graph->outputs);
}

}  // namespace
