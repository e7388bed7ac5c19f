// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/document/variation_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "bytes/write_file.h"
#include "transform/document/knob_names.h"

namespace transform {

using types::Error;
using types::fail;
using types::LayerKnobs;
using types::PruneKnobs;
using types::QuantizeKnobs;
using types::Result;
using types::Variation;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kVersionKey = "netcaliper_variation";

// Reading: an object of the document with the path that leads to it. Every key must be asked for;
// those that were not are unknown. The first problem is thrown and caught in parseVariation().
class Section {
public:
    Section(const Json& json, std::string path) : m_json(json), m_path(std::move(path)) {
        if (!json.is_object()) refuse(m_path, "is no object", "write { ... }");
    }

    /// A number within [low, high], or (low, high] and the like: `inRange` decides.
    template <typename InRange>
    void number(const char* key, double& value, InRange inRange, const char* range) {
        const Json* found = find(key);
        if (!found) return;
        if (!found->is_number()) refuse(pathOf(key), "is no number", "write a number " + in(range));
        value = found->get<double>();
        if (!inRange(value)) refuse(pathOf(key), "is out of range", "write a number " + in(range));
    }
    void share(const char* key, double& value) {
        number(
            key, value, [](double v) { return v >= 0 && v < 1; }, "from 0 to below 1");
    }
    void width(const char* key, double& value) {
        number(
            key, value, [](double v) { return v > 0 && v <= 1; }, "above 0, at most 1");
    }
    void positive(const char* key, int32_t& value) {
        const Json* found = find(key);
        if (!found) return;
        value = positiveOf(*found, pathOf(key));
    }
    void flag(const char* key, bool& value) {
        const Json* found = find(key);
        if (!found) return;
        if (!found->is_boolean()) refuse(pathOf(key), "is no flag", "write true or false");
        value = found->get<bool>();
    }
    template <typename Choice, size_t count>
    void choice(const char* key, const Words<Choice, count>& words, Choice& value) {
        const Json* found = find(key);
        if (!found) return;
        const std::string remedy = "write " + listOf(words);
        if (!found->is_string()) refuse(pathOf(key), "is no word", remedy);
        const auto known = choiceOf(words, found->get<std::string>());
        if (!known) refuse(pathOf(key), "is an unknown word", remedy);
        value = *known;
    }
    /// The same for a knob that may be left unset: `read` gets a value to fill.
    template <typename Value, typename Read>
    void optional(const char* key, std::optional<Value>& value, Read read) {
        if (!m_json.contains(key)) return;
        Value given{};
        read(given);
        value = given;
    }
    const Json* find(const char* key) {
        m_known.push_back(key);
        const auto found = m_json.find(key);
        return found == m_json.end() ? nullptr : &*found;
    }
    template <typename Read>
    void section(const char* key, Read read) {
        if (const Json* found = find(key)) {
            Section inner(*found, pathOf(key));
            read(inner);
            inner.finish();
        }
    }
    void finish() const {
        for (const auto& [key, value] : m_json.items())
            if (std::find(m_known.begin(), m_known.end(), key) == m_known.end())
                refuse(pathOf(key), "is an unknown key", "remove it or mend its spelling");
    }

    const Json& json() const { return m_json; }
    std::string pathOf(const std::string& key) const {
        return m_path.empty() ? key : m_path + "." + key;
    }
    [[noreturn]] static void refuse(const std::string& path, const std::string& what,
                                    const std::string& remedy) {
        throw Error{"'" + path + "' " + what, "", remedy};
    }
    static int32_t positiveOf(const Json& json, const std::string& path) {
        const bool whole = json.is_number_integer();
        if (!whole || json.get<int64_t>() < 1 || json.get<int64_t>() > 1'000'000)
            refuse(path, "is no positive whole number", "write a number from 1 to 1000000");
        return json.get<int32_t>();
    }

private:
    static std::string in(const char* range) { return range; }

    const Json& m_json;
    std::string m_path;
    std::vector<std::string> m_known;
};

void readInputSize(Section& root, Variation& variation) {
    const Json* size = root.find("input_size");
    if (!size) return;
    if (!size->is_array() || size->size() != 2)
        Section::refuse("input_size", "is no pair", "write [height, width]");
    variation.inputSize = {Section::positiveOf((*size)[0], "input_size[0]"),
                           Section::positiveOf((*size)[1], "input_size[1]")};
}

void readPrune(Section& section, PruneKnobs& prune) {
    section.share("channels", prune.channels);
    section.share("weights", prune.weights);
    section.choice("measure", kMeasureWords, prune.measure);
    section.choice("scope", kScopeWords, prune.scope);
    section.flag("recover", prune.recover);
}

void readQuantize(Section& section, QuantizeKnobs& quantize) {
    section.choice("precision", kPrecisionWords, quantize.precision);
    section.flag("per_channel", quantize.perChannel);
    section.choice("ranges", kRangeWords, quantize.ranges);
    section.number(
        "percentile", quantize.percentile, [](double v) { return v > 50 && v <= 100; },
        "above 50, at most 100");
    section.flag("equalize", quantize.equalize);
    section.flag("correct_bias", quantize.correctBias);
    section.flag("reconstruct", quantize.reconstruct);
    section.optional("input_type", quantize.inputType, [&](types::DataType& type) {
        section.choice("input_type", kPortTypeWords, type);
    });
    section.optional("output_type", quantize.outputType, [&](types::DataType& type) {
        section.choice("output_type", kPortTypeWords, type);
    });
}

void readLayer(Section& section, LayerKnobs& knobs) {
    section.optional("width", knobs.width, [&](double& v) { section.width("width", v); });
    section.optional("prune_channels", knobs.pruneChannels,
                     [&](double& v) { section.share("prune_channels", v); });
    section.optional("prune_weights", knobs.pruneWeights,
                     [&](double& v) { section.share("prune_weights", v); });
    section.optional("precision", knobs.precision,
                     [&](types::Precision& v) { section.choice("precision", kPrecisionWords, v); });
}

void readLayers(Section& section, Variation& variation) {
    for (const auto& [key, value] : section.json().items()) {
        const bool isIndex = !key.empty() && key.size() <= 6 &&
                             key.find_first_not_of("0123456789") == std::string::npos;
        if (!isIndex)
            Section::refuse(section.pathOf(key), "is no layer",
                            "name layers by their index, as inspect lists them");
        section.section(key.c_str(), [&](Section& layer) {
            readLayer(layer, variation.layers[std::stoi(key)]);
        });
    }
}

Variation readVariation(const Json& json) {
    Section root(json, "");
    const Json* version = root.find(kVersionKey);
    if (!version || !version->is_number_integer() || *version != kVariationVersion)
        Section::refuse(kVersionKey, "must be " + std::to_string(kVariationVersion),
                        "write it, or use the version of the program that wrote the file");
    Variation variation;
    readInputSize(root, variation);
    root.width("width", variation.width);
    root.positive("channel_multiple", variation.channelMultiple);
    root.section("prune", [&](Section& s) { readPrune(s, variation.prune); });
    root.section("quantize", [&](Section& s) { readQuantize(s, variation.quantize); });
    root.section("layers", [&](Section& s) { readLayers(s, variation); });
    root.finish();
    return variation;
}

// Writing: what differs from the default.

template <typename Value>
void put(Json& json, const char* key, const Value& value, const Value& usual) {
    if (value != usual) json[key] = value;
}

template <typename Choice, size_t count>
void put(Json& json, const char* key, const Words<Choice, count>& words, Choice value,
         Choice usual) {
    if (value != usual) json[key] = wordOf(words, value);
}

template <typename Value>
void put(Json& json, const char* key, const std::optional<Value>& value) {
    if (value) json[key] = *value;
}

template <typename Choice, size_t count>
void put(Json& json, const char* key, const Words<Choice, count>& words,
         const std::optional<Choice>& value) {
    if (value) json[key] = wordOf(words, *value);
}

Json pruneJson(const PruneKnobs& prune) {
    const PruneKnobs usual;
    Json json = Json::object();
    put(json, "channels", prune.channels, usual.channels);
    put(json, "weights", prune.weights, usual.weights);
    put(json, "measure", kMeasureWords, prune.measure, usual.measure);
    put(json, "scope", kScopeWords, prune.scope, usual.scope);
    put(json, "recover", prune.recover, usual.recover);
    return json;
}

Json quantizeJson(const QuantizeKnobs& quantize) {
    const QuantizeKnobs usual;
    Json json = Json::object();
    put(json, "precision", kPrecisionWords, quantize.precision, usual.precision);
    put(json, "per_channel", quantize.perChannel, usual.perChannel);
    put(json, "ranges", kRangeWords, quantize.ranges, usual.ranges);
    put(json, "percentile", quantize.percentile, usual.percentile);
    put(json, "equalize", quantize.equalize, usual.equalize);
    put(json, "correct_bias", quantize.correctBias, usual.correctBias);
    put(json, "reconstruct", quantize.reconstruct, usual.reconstruct);
    put(json, "input_type", kPortTypeWords, quantize.inputType);
    put(json, "output_type", kPortTypeWords, quantize.outputType);
    return json;
}

Json layerJson(const LayerKnobs& knobs) {
    Json json = Json::object();
    put(json, "width", knobs.width);
    put(json, "prune_channels", knobs.pruneChannels);
    put(json, "prune_weights", knobs.pruneWeights);
    put(json, "precision", kPrecisionWords, knobs.precision);
    return json;
}

void putSection(Json& json, const char* key, Json section) {
    if (!section.empty()) json[key] = std::move(section);
}

}  // namespace

std::string variationText(const Variation& variation) {
    const Variation usual;
    Json json = {{kVersionKey, kVariationVersion}};
    put(json, "input_size", variation.inputSize);
    put(json, "width", variation.width, usual.width);
    put(json, "channel_multiple", variation.channelMultiple, usual.channelMultiple);
    putSection(json, "prune", pruneJson(variation.prune));
    putSection(json, "quantize", quantizeJson(variation.quantize));
    Json layers = Json::object();
    for (const auto& [layer, knobs] : variation.layers)
        layers[std::to_string(layer)] = layerJson(knobs);
    putSection(json, "layers", std::move(layers));
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
