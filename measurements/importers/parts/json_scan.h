// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tolerant reading of other tools' JSON: members are requested by name, and absent members or other
// types count as empty, not as errors, because versions of a tool differ.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace importers {

/// Returns the document; a discarded value where the text is no JSON.
nlohmann::json parseJson(std::string_view text);

/// Returns the member, or a null value.
const nlohmann::json& member(const nlohmann::json& object, const char* name);
/// Returns a finite number, also from a text that is one ("6420").
std::optional<double> asNumber(const nlohmann::json& value);
std::optional<double> numberAt(const nlohmann::json& object, const char* name);
/// Returns "" where the member is no text.
std::string textAt(const nlohmann::json& object, const char* name);
/// [1, 64, 9] becomes "1x64x9"; "" where it is no list of whole numbers.
std::string shapeAt(const nlohmann::json& object, const char* name);

}  // namespace importers
