// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/check_knobs.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/knob_changes.h"

namespace {

using transform::checkKnobs;
using types::Limits;
using types::Variation;

types::Graph fourLayers() {
    types::Graph graph;
    graph.ops.resize(4);
    for (int32_t i = 0; i < 4; ++i)
        graph.ops[static_cast<size_t>(i)].origin = i;
    return graph;
}

TEST(CheckKnobs, WholeDomainsAreLegal) {
    for (const auto& [path, variation] : support::knobChanges({})) {
        const auto checked = checkKnobs(fourLayers(), variation);
        EXPECT_TRUE(checked) << path << ": " << checked.error().message();
    }
}

void put(double& value, double outside) {
    value = outside;
}
void put(int32_t& value, double outside) {
    value = static_cast<int32_t>(outside);
}
void put(std::optional<double>& value, double outside) {
    value = outside;
}
void put(std::optional<int32_t>& value, double outside) {
    value = static_cast<int32_t>(outside);
}
void put(std::optional<std::array<int32_t, 2>>& size, double outside) {
    size = {64, static_cast<int32_t>(outside)};
}

TEST(CheckKnobs, NumbersOutsideAreNamed) {
    Variation variation;
    variation.layers[support::kChangedLayer];
    const auto visit = [&](const std::string& path, auto& value, const auto& domain) {
        if constexpr (std::is_same_v<decltype(domain), const Limits&>) {
            const auto usual = value;
            for (const double outside : {domain.lowOpen ? domain.low : domain.low - 1,
                                         domain.highOpen ? domain.high : domain.high + 1}) {
                put(value, outside);
                const auto checked = checkKnobs(fourLayers(), variation);
                ASSERT_FALSE(checked) << path << " = " << outside;
                EXPECT_EQ(checked.error().what, "'" + path + "' is out of range");
                EXPECT_EQ(checked.error().remedy, "choose " + types::domainText(domain));
            }
            value = usual;
        }
    };
    types::visitKnobs(types::kVariationKnobs, variation, visit);
    EXPECT_TRUE(checkKnobs(fourLayers(), variation));
}

TEST(CheckKnobs, NanIsNoShare) {
    Variation variation;
    variation.prune.channels = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(checkKnobs(fourLayers(), variation));
}

TEST(CheckKnobs, LayersMustExist) {
    Variation variation;
    variation.layers[4].width = 0.5;
    const auto checked = checkKnobs(fourLayers(), variation);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().what, "the model has no such layer");
}

}  // namespace
