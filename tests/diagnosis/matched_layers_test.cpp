// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/matched_layers.h"

#include <gtest/gtest.h>

#include "small_model.h"

namespace {

using diagnosed::branchedModel;

TEST(MatchedLayers, OriginsPairWhatATransformMoved) {
    const auto original = branchedModel();
    auto varied = *original;
    // An operator is inserted in front: the others keep their origin.
    varied.ops.insert(varied.ops.begin(), varied.ops.front());
    varied.ops.front().origin = -1;
    const auto pairs = diagnosis::pairsByOrigin(*original, varied);
    ASSERT_EQ(pairs.size(), original->ops.size());
    for (size_t p = 0; p < pairs.size(); ++p) {
        EXPECT_EQ(pairs[p].original, p);
        EXPECT_EQ(pairs[p].varied, p + 1);
    }
}

TEST(MatchedLayers, AnotherShapeIsNoPair) {
    const auto original = branchedModel();
    auto varied = *original;
    varied.tensors[static_cast<size_t>(varied.ops[2].output(0))].shape = {1, 8, 8, 6};
    const auto pairs = diagnosis::pairsByOrigin(*original, varied);
    EXPECT_EQ(pairs.size(), original->ops.size() - 1);
}

TEST(MatchedLayers, LikenessFindsPairsWithoutNamesOrOrigins) {
    const auto a = branchedModel();
    auto b = *branchedModel(zoo::Precision::Int8);
    for (auto& tensor : b.tensors)
        tensor.name.clear();
    b.ops.erase(b.ops.begin() + 1);
    const auto pairs = diagnosis::pairsByLikeness(*a, b);
    ASSERT_EQ(pairs.size(), b.ops.size());
    for (const auto& pair : pairs)
        EXPECT_EQ(pair.original, pair.varied + (pair.varied >= 1 ? 1 : 0));
}

}  // namespace
