// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: the words in the file for what a sample measures and where. They are part of
// the schema: a word never changes.

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
