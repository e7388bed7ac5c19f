// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/session.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace {

using namespace types;

/// The compiler writes the name of an enumerator, and a cast for a number that has none.
template <Quantity kValue>
constexpr bool isEnumerator() {
    return std::string_view(__PRETTY_FUNCTION__).find("(types::Quantity)") ==
           std::string_view::npos;
}

template <int... kNumbers>
std::set<Quantity> enumerators(std::integer_sequence<int, kNumbers...>) {
    std::set<Quantity> found;
    const auto insert = [&found](int number, bool isOne) {
        if (isOne) found.insert(static_cast<Quantity>(number));
    };
    (insert(kNumbers, isEnumerator<static_cast<Quantity>(kNumbers)>()), ...);
    return found;
}

TEST(Quantities, EveryOneHasARowInSessionCpp) {
    const std::set<Quantity> all = enumerators(std::make_integer_sequence<int, 128>());
    ASSERT_TRUE(all.contains(Quantity::Celsius));
    std::set<Quantity> listed;
    for (const QuantityInfo& info : allQuantities())
        listed.insert(info.quantity);
    EXPECT_EQ(listed, all) << "add a row to kQuantities of engine/types/session.cpp";
    EXPECT_EQ(listed.size(), allQuantities().size());
}

TEST(Quantities, NamesAreReadBack) {
    for (const QuantityInfo& info : allQuantities()) {
        EXPECT_EQ(quantityNamed(info.name), info.quantity);
        EXPECT_EQ(quantityName(info.quantity), std::string(info.name));
    }
    EXPECT_FALSE(quantityNamed("furlongs"));
    EXPECT_EQ(sourceNamed("emulator"), MeasurementSource::Emulator);
    EXPECT_FALSE(sourceNamed("moon"));
}

}  // namespace
