// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/json_scan.h"

#include <cmath>

#include "importers/parts/text_scan.h"

namespace importers {

using nlohmann::json;

json parseJson(std::string_view text) {
    return json::parse(text, nullptr, false);
}

const json& member(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) return nothing;
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

std::optional<double> asNumber(const json& value) {
    if (value.is_string()) return numberOf(value.get_ref<const std::string&>());
    if (!value.is_number()) return std::nullopt;
    const auto number = value.get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> numberAt(const json& object, const char* name) {
    return asNumber(member(object, name));
}

std::string textAt(const json& object, const char* name) {
    const json& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string shapeAt(const json& object, const char* name) {
    std::string text;
    const json& list = member(object, name);
    if (!list.is_array()) return {};
    for (const json& dimension : list) {
        if (!dimension.is_number_integer()) return {};
        text += (text.empty() ? "" : "x") + std::to_string(dimension.get<int64_t>());
    }
    return text;
}

}  // namespace importers
