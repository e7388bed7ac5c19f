// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of store: the words that stand in the file for what a sample is and where it was taken.
// They are part of the schema: a word is never changed.

#include <optional>
#include <string>

#include "types/session.h"

namespace store {

/// "latency_us", "cycles", "energy_uj", ...
const char* quantityWord(types::Quantity quantity);
std::optional<types::Quantity> quantityOf(const std::string& word);

/// The inverse of types::sourceName().
std::optional<types::MeasurementSource> sourceOf(const std::string& word);

}  // namespace store
