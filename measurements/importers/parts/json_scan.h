// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// JSON of other people's tools: members are asked for by name, and what is absent or of another
// type is nothing, not an error: versions of a tool differ.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace importers {

/// The document; a discarded value where the text is no JSON.
nlohmann::json parseJson(std::string_view text);

/// The member, or a null value.
const nlohmann::json& member(const nlohmann::json& object, const char* name);
/// A finite number, or a text that is one ("6420").
std::optional<double> asNumber(const nlohmann::json& value);
std::optional<double> numberAt(const nlohmann::json& object, const char* name);
/// Empty where it is no text.
std::string textAt(const nlohmann::json& object, const char* name);
/// [1, 64, 9] as "1x64x9"; empty where it is no list of whole numbers.
std::string shapeAt(const nlohmann::json& object, const char* name);

}  // namespace importers
