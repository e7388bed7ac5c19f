// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/variation_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "bytes/write_file.h"
#include "types/knob_domain.h"

namespace transform {

using types::Error;
using types::fail;
using types::Limits;
using types::OnOff;
using types::Result;
using types::Variation;
using types::Words;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kVersionKey = "netcaliper_variation";

// Reading. The first problem is thrown and caught in parseVariation().

[[noreturn]] void refuse(const std::string& path, const std::string& what,
                         const std::string& remedy) {
    throw Error{"'" + path + "' " + what, "", remedy};
}

template <typename Domain>
[[noreturn]] void refuseOutside(const std::string& path, const std::string& what,
                                const Domain& domain) {
    refuse(path, what, "write " + types::domainText(domain));
}

/// An object of the document with its path. Keys that were not requested are unknown keys.
class Section {
public:
    Section(const Json& json, std::string path) : m_json(json), m_path(std::move(path)) {
        if (!json.is_object()) refuse(m_path, "is no object", "write { ... }");
    }
    const Json* find(const char* key) {
        m_known.push_back(key);
        const auto found = m_json.find(key);
        return found == m_json.end() ? nullptr : &*found;
    }
    void finish() const {
        for (const auto& [key, value] : m_json.items())
            if (std::find(m_known.begin(), m_known.end(), key) == m_known.end())
                refuse(pathOf(key), "is an unknown key", "remove it or mend its spelling");
    }
    std::string pathOf(const std::string& key) const {
        return m_path.empty() ? key : m_path + "." + key;
    }

private:
    const Json& m_json;
    std::string m_path;
    std::vector<std::string> m_known;
};

// read(): one value of the document into one knob of that domain. `path` names it in errors.

void read(const Json& json, const std::string& path, double& value, const Limits& limits) {
    if (!json.is_number()) refuseOutside(path, "is no number", limits);
    value = json.get<double>();
    if (!limits.contain(value)) refuseOutside(path, "is out of range", limits);
}

void read(const Json& json, const std::string& path, int32_t& value, const Limits& limits) {
    constexpr int64_t kMax = std::numeric_limits<int32_t>::max();
    const bool isWhole = json.is_number_integer();
    if (!isWhole || json.get<int64_t>() < limits.low || json.get<int64_t>() > kMax)
        refuseOutside(path, "is no positive whole number", limits);
    value = json.get<int32_t>();
    if (!limits.contain(value)) refuseOutside(path, "is out of range", limits);
}

void read(const Json& json, const std::string& path, std::array<int32_t, 2>& size,
          const Limits& limits) {
    if (!json.is_array() || json.size() != 2) refuse(path, "is no pair", "write [height, width]");
    for (size_t i = 0; i < 2; ++i)
        read(json[i], path + "[" + std::to_string(i) + "]", size[i], limits);
}

void read(const Json& json, const std::string& path, bool& value, OnOff domain) {
    if (!json.is_boolean()) refuseOutside(path, "is no flag", domain);
    value = json.get<bool>();
}

template <typename Choice, size_t count>
void read(const Json& json, const std::string& path, Choice& value,
          const Words<Choice, count>& words) {
    if (!json.is_string()) refuseOutside(path, "is no word", words);
    const auto known = choiceOf(words, json.get<std::string>());
    if (!known) refuseOutside(path, "is an unknown word", words);
    value = *known;
}

template <typename Value, typename Domain>
void read(const Json& json, const std::string& path, std::optional<Value>& value,
          const Domain& domain) {
    read(json, path, value.emplace(), domain);
}

template <typename Owner, typename... Knobs>
void readKnobs(Section& section, Owner& owner, const std::tuple<Knobs...>& list);

template <typename Owner, typename... Knobs>
void read(const Json& json, const std::string& path, Owner& owner,
          const std::tuple<Knobs...>& list) {
    Section section(json, path);
    readKnobs(section, owner, list);
    section.finish();
}

template <typename Owner, typename... Knobs>
void read(const Json& json, const std::string& path, std::map<int32_t, Owner>& layers,
          const std::tuple<Knobs...>& list) {
    const Section section(json, path);
    for (const auto& [key, value] : json.items()) {
        const bool isIndex = !key.empty() && key.size() <= 6 &&
                             key.find_first_not_of("0123456789") == std::string::npos;
        if (!isIndex)
            refuse(section.pathOf(key), "is no layer",
                   "name layers by their index, as inspect lists them");
        read(value, section.pathOf(key), layers[std::stoi(key)], list);
    }
}

template <typename Owner, typename... Knobs>
void readKnobs(Section& section, Owner& owner, const std::tuple<Knobs...>& list) {
    types::forEachKnob(list, [&](const auto& knob) {
        if (const Json* found = section.find(knob.key))
            read(*found, section.pathOf(knob.key), owner.*knob.member, knob.domain);
    });
}

Variation readVariation(const Json& json) {
    Section root(json, "");
    const Json* version = root.find(kVersionKey);
    if (!version || !version->is_number_integer() || *version != kVariationVersion)
        refuse(kVersionKey, "must be " + std::to_string(kVariationVersion),
               "write it, or use the version of the program that wrote the file");
    Variation variation;
    readKnobs(root, variation, types::kVariationKnobs);
    root.finish();
    return variation;
}

// Writing. jsonOf(): the value of one knob of that domain, null where nothing is to be written.

Json jsonOf(double value, const Limits&) {
    return value;
}

Json jsonOf(int32_t value, const Limits&) {
    return value;
}

Json jsonOf(const std::array<int32_t, 2>& size, const Limits&) {
    return size;
}

Json jsonOf(bool value, OnOff) {
    return value;
}

template <typename Choice, size_t count>
Json jsonOf(Choice value, const Words<Choice, count>& words) {
    return wordOf(words, value);
}

template <typename Value, typename Domain>
Json jsonOf(const std::optional<Value>& value, const Domain& domain) {
    return value ? jsonOf(*value, domain) : Json();
}

template <typename Owner, typename... Knobs>
Json jsonOf(const std::map<int32_t, Owner>& layers, const std::tuple<Knobs...>& list);

/// The knobs that differ from their defaults; null where none does.
template <typename Owner, typename... Knobs>
Json jsonOf(const Owner& owner, const std::tuple<Knobs...>& list) {
    const Owner usual;
    Json json;
    types::forEachKnob(list, [&](const auto& knob) {
        const auto& value = owner.*knob.member;
        if (value == usual.*knob.member) return;
        if (Json written = jsonOf(value, knob.domain); !written.is_null())
            json[knob.key] = std::move(written);
    });
    return json;
}

template <typename Owner, typename... Knobs>
Json jsonOf(const std::map<int32_t, Owner>& layers, const std::tuple<Knobs...>& list) {
    Json json;
    for (const auto& [layer, knobs] : layers) {
        Json written = jsonOf(knobs, list);
        json[std::to_string(layer)] = written.is_null() ? Json::object() : std::move(written);
    }
    return json;
}

}  // namespace

std::string variationText(const Variation& variation) {
    Json json = {{kVersionKey, kVariationVersion}};
    const Json knobs = jsonOf(variation, types::kVariationKnobs);
    if (!knobs.is_null()) json.update(knobs);
    return json.dump(2) + "\n";
}

Result<Variation> parseVariation(std::string_view text, const std::string& name) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return fail("is no JSON document", name, "write a variation with vary --save-variation");
    try {
        return readVariation(json);
    } catch (const Error& error) {
        return fail(error.what, name, error.remedy);
    }
}

Result<Variation> readVariationFile(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad())
        return fail("the variation cannot be read", file.string(), "check path and permissions");
    return parseVariation(text, file.string());
}

Result<void> writeVariationFile(const Variation& variation, const std::filesystem::path& file) {
    return bytes::writeFile(file, variationText(variation));
}

}  // namespace transform
