// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/json_fields.h"

#include <algorithm>
#include <limits>
#include <sstream>

namespace cost {

namespace {

std::string rangeText(double least, double greatest) {
    std::ostringstream text;
    text << "must be a number from " << least << " to " << greatest;
    return text.str();
}

std::string wholeNumberText(int64_t least, int64_t greatest) {
    return "whole number from " + std::to_string(least) + " to " + std::to_string(greatest);
}

}  // namespace

void JsonProblem::report(std::string what, std::string where) {
    if (first) return;
    first = types::Error{std::move(what), std::move(where),
                         "correct it as resources/devices/README.md describes"};
}

JsonFields::JsonFields(const nlohmann::json& object, std::string path, JsonProblem& problem)
    : m_object(&object), m_path(std::move(path)), m_problem(&problem) {
    if (!object.is_object()) m_problem->report("not a JSON object", m_path);
}

void JsonFields::report(const std::string& name, const std::string& what) {
    m_problem->report("field '" + name + "' " + what, m_path);
}

const nlohmann::json* JsonFields::find(const std::string& name, bool required) {
    m_read.insert(name);
    if (m_object->is_object() && m_object->contains(name)) return &(*m_object)[name];
    if (required) report(name, "is missing");
    return nullptr;
}

std::string JsonFields::text(const std::string& name) {
    const nlohmann::json* value = find(name, true);
    if (!value) return {};
    if (value->is_string() && !value->get_ref<const std::string&>().empty()) return *value;
    report(name, "must be a text that is not empty");
    return {};
}

double JsonFields::number(const std::string& name, double least, double greatest) {
    const nlohmann::json* value = find(name, true);
    if (!value) return least;
    const double number = value->is_number() ? value->get<double>() : least - 1;
    if (number >= least && number <= greatest) return number;
    report(name, rangeText(least, greatest));
    return least;
}

std::string JsonFields::textOr(const std::string& name) {
    return find(name, false) ? text(name) : std::string();
}

size_t JsonFields::choiceOr(const std::string& name, std::span<const char* const> words) {
    const std::string chosen = textOr(name);
    if (chosen.empty()) return 0;
    const auto found = std::find(words.begin(), words.end(), chosen);
    if (found != words.end()) return static_cast<size_t>(found - words.begin());
    std::string list;
    for (const char* word : words)
        list += (list.empty() ? "" : ", ") + std::string(word);
    report(name, "must be one of " + list);
    return 0;
}

double JsonFields::numberOr(const std::string& name, double fallback, double least,
                            double greatest) {
    return find(name, false) ? number(name, least, greatest) : fallback;
}

int64_t JsonFields::integer(const std::string& name, int64_t least, int64_t greatest) {
    const nlohmann::json* value = find(name, true);
    if (!value) return least;
    if (value->is_number_integer()) {
        const auto number = value->get<int64_t>();
        if (number >= least && number <= greatest) return number;
    }
    report(name, "must be a " + wholeNumberText(least, greatest));
    return least;
}

int64_t JsonFields::integerOr(const std::string& name, int64_t fallback, int64_t least,
                              int64_t greatest) {
    return find(name, false) ? integer(name, least, greatest) : fallback;
}

std::vector<JsonFields> JsonFields::objects(const std::string& name, bool required) {
    std::vector<JsonFields> result;
    const nlohmann::json* value = find(name, required);
    if (!value) return result;
    if (!value->is_array()) {
        report(name, "must be a list");
        return result;
    }
    for (size_t i = 0; i < value->size(); ++i)
        result.emplace_back((*value)[i], m_path + ": " + name + "[" + std::to_string(i) + "]",
                            *m_problem);
    return result;
}

std::optional<JsonFields> JsonFields::objectOr(const std::string& name) {
    const nlohmann::json* value = find(name, false);
    if (!value) return std::nullopt;
    if (value->is_object()) return JsonFields(*value, m_path + ": " + name, *m_problem);
    report(name, "must be an object");
    return std::nullopt;
}

std::vector<std::pair<std::string, double>> JsonFields::numbersByName(const std::string& name) {
    std::vector<std::pair<std::string, double>> result;
    const nlohmann::json* value = find(name, true);
    if (!value) return result;
    if (!value->is_object()) {
        report(name, "must be an object of numbers");
        return result;
    }
    JsonFields members(*value, m_path + ": " + name, *m_problem);
    for (const auto& member : value->items())
        result.emplace_back(member.key(),
                            members.number(member.key(), 0, std::numeric_limits<double>::max()));
    return result;
}

std::vector<double> JsonFields::numbersOr(const std::string& name) {
    std::vector<double> result;
    const nlohmann::json* value = find(name, false);
    if (!value) return result;
    if (!value->is_array() || !std::all_of(value->begin(), value->end(),
                                           [](const nlohmann::json& v) { return v.is_number(); })) {
        report(name, "must be a list of numbers");
        return result;
    }
    return value->get<std::vector<double>>();
}

std::vector<int64_t> JsonFields::integersOr(const std::string& name, int64_t least,
                                            int64_t greatest) {
    const nlohmann::json* value = find(name, false);
    if (!value) return {};
    const auto isGood = [&](const nlohmann::json& v) {
        return v.is_number_integer() && v.get<int64_t>() >= least && v.get<int64_t>() <= greatest;
    };
    if (value->is_array() && std::all_of(value->begin(), value->end(), isGood))
        return value->get<std::vector<int64_t>>();
    report(name, "must be a list: each a " + wholeNumberText(least, greatest));
    return {};
}

void JsonFields::finish() {
    if (!m_object->is_object()) return;
    for (const auto& member : m_object->items())
        if (!m_read.contains(member.key())) report(member.key(), "is not known");
}

}  // namespace cost
