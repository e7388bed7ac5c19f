// SPDX-License-Identifier: GPL-3.0-or-later
// The vector kernels give what their plain twins give, and read and write nothing outside.
#include "transform/recovery/row_products.h"

#include <gtest/gtest.h>

#include <vector>

#include "zoo/random_weights.h"

namespace {

using transform::AddedProduct;

std::vector<float> randomFloats(zoo::RandomWeights& random, size_t count) {
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random.normal());
    return values;
}

void expectNear(const std::vector<float>& a, const std::vector<float>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i)
        ASSERT_NEAR(a[i], b[i], 1e-4) << i;
}

TEST(RowProducts, ProductsAgreeWithTheirTwin) {
    zoo::RandomWeights random(1);
    for (size_t rows : {1, 5, 6, 13})
        for (size_t columns : {1, 7, 8, 16, 35})
            for (size_t depth : {1, 9, 64})
                for (bool transposed : {false, true}) {
                    const auto a = randomFloats(random, rows * depth);
                    const auto b = randomFloats(random, depth * columns);
                    auto fast = randomFloats(random, rows * columns), plain = fast;
                    AddedProduct product{a.data(),
                                         transposed ? 1 : depth,
                                         transposed ? rows : 1,
                                         b.data(),
                                         columns,
                                         fast.data(),
                                         columns,
                                         rows,
                                         columns,
                                         depth};
                    transform::addProduct(product);
                    product.c = plain.data();
                    transform::plain::addProduct(product);
                    expectNear(fast, plain);
                }
}

TEST(RowProducts, RowsAgreeWithTheirTwin) {
    zoo::RandomWeights random(2);
    for (size_t count : {1, 4, 8, 17, 64}) {
        const auto a = randomFloats(random, count), b = randomFloats(random, count);
        auto fast = randomFloats(random, count), plain = fast;
        transform::addScaled(a.data(), b.data(), fast.data(), count);
        transform::plain::addScaled(a.data(), b.data(), plain.data(), count);
        expectNear(fast, plain);
        transform::clampedResidual(a.data(), -0.5f, 0.5f, fast.data(), count);
        transform::plain::clampedResidual(a.data(), -0.5f, 0.5f, plain.data(), count);
        expectNear(fast, plain);
    }
}

}  // namespace
