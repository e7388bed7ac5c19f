// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Column names with quantity and unit: "latency_ms" is LatencyUs times 1000. They are the roles of
// a column map, the headers of our own CSV, and recognised in any other table.

#include <optional>
#include <string_view>

#include "types/session.h"

namespace importers {

struct QuantityUnit {
    types::Quantity quantity;
    double factor;  ///< factor from the column's unit to the quantity's
};

/// Returns the unit with that name, ignoring case; nothing where there is none.
std::optional<QuantityUnit> quantityUnit(std::string_view name);

}  // namespace importers
