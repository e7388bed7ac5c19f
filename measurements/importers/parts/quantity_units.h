// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names of columns that say what is measured and in which unit: "latency_ms" is LatencyUs times
// 1000. They are the roles of a column map, the headers of our own CSV and of any table that
// follows them.

#include <optional>
#include <string_view>

#include "types/session.h"

namespace importers {

struct QuantityUnit {
    types::Quantity quantity;
    double factor;  ///< of a value in the column, to the unit of the quantity
};

/// The unit of that name in any case of letters; nothing where there is none.
std::optional<QuantityUnit> quantityUnit(std::string_view name);

}  // namespace importers
