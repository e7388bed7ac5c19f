// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Column names with quantity and unit: "latency_ms" is LatencyUs times 1000. They are the roles of
// a column map, the headers of our own CSV, and recognised in any other table.

#include <optional>
#include <string>
#include <string_view>

#include "types/session.h"

namespace importers {

struct QuantityUnit {
    types::Quantity quantity;
    double factor;  ///< factor from the column's unit to the quantity's
};

/// Returns the unit with that name, ignoring case; nothing where there is none.
std::optional<QuantityUnit> quantityUnit(std::string_view name);

/// Returns the name that quantityUnit() understands: "latency_ms". The unit comes from a function
/// of this file.
std::string unitName(const QuantityUnit& unit);

/// Returns the unit with that word behind a number, as firmware prints it ("us", "msec", "cycles");
/// nothing where there is none.
std::optional<QuantityUnit> unitWord(std::string_view word);

/// Guesses the unit of a column from the words of its name: "avg (ms)", "uSeconds", "CPU_CYCLES".
/// Nothing for a rate or a share of such a unit ("cycles_per_mac").
std::optional<QuantityUnit> columnUnit(std::string_view name);

}  // namespace importers
