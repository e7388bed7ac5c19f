// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of spaces. The first problem is thrown as an Error and caught in Space::parse().
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "search/space/knob_layers.h"
#include "search/space/space.h"
#include "transform/document/variation_file.h"
#include "types/knob_domain.h"

namespace search {

using namespace types;
using Json = nlohmann::json;

namespace {

/// More choices than any knob needs.
constexpr int64_t kMostSteps = 100'000;

[[noreturn]] void refuseSpace(const std::string& path, const std::string& what,
                              const std::string& remedy) {
    throw Error{"'" + path + "' " + what, "", remedy};
}

using Copy = std::function<void(const Variation&, Variation&)>;

/// Finds the knob at `path` below what `reach` returns.
template <typename List, typename Reach>
void findKnob(const List& list, const std::string& path, const Reach& reach, Copy& found) {
    forEachKnob(list, [&](const auto& knob) {
        const std::string key = knob.key;
        if (path != key && !path.starts_with(key + ".")) return;
        const auto here = [ reach, member = knob.member ](auto& v) -> auto& {
            return reach(v).*member;
        };
        using Value = std::decay_t<decltype(here(std::declval<Variation&>()))>;
        const std::string rest = path == key ? "" : path.substr(key.size() + 1);
        if constexpr (requires(Value value) { value.begin()->second; }) {
            const size_t dot = rest.find('.');
            int32_t layer = -1;
            std::from_chars(rest.data(), rest.data() + std::min(dot, rest.size()), layer);
            if (dot == std::string::npos || layer < 0) return;
            findKnob(
                knob.domain, rest.substr(dot + 1),
                [ here, layer ](auto& v) -> auto& { return here(v)[layer]; }, found);
        } else if constexpr (kIsList<std::decay_t<decltype(knob.domain)>>) {
            findKnob(knob.domain, rest, here, found);
        } else if (rest.empty()) {
            found = [here](const Variation& from, Variation& to) {
                Variation source = from;
                here(to) = here(source);
            };
        }
    });
}

bool isRange(const Json& json) {
    return json.is_object() && (json.contains("values") || json.contains("from") ||
                                json.contains("to") || json.contains("steps"));
}

/// {"netcaliper_variation": 1, "prune": {"channels": value}} of "prune.channels".
std::string documentOf(const std::string& path, const Json& value) {
    Json document = {{"netcaliper_variation", transform::kVariationVersion}};
    std::string pointer = "/" + path;
    std::ranges::replace(pointer, '.', '/');
    // Layers are an object, whatever their names look like.
    if (path.starts_with("layers.")) document["layers"][path.substr(7, path.find('.', 7) - 7)] = {};
    document[Json::json_pointer(pointer)] = value;
    return document.dump();
}

}  // namespace

/// Fills a Space from its document.
class SpaceReader {
public:
    SpaceReader(const Json& json, GraphPtr graph) : m_json(json), m_graph(std::move(graph)) {}

    Space read() {
        if (!m_json.is_object()) refuseSpace("", "is no object", "write { ... }");
        readDraw();
        for (const auto& [key, value] : m_json.items())
            if (!kOwnKeys.contains(key)) readKnob(key, key, value);
        if (m_json.contains("conditions")) readConditions(m_json["conditions"]);
        if (m_space.m_dimensions.empty())
            refuseSpace("", "names no knob", "write a knob with its values");
        m_space.m_text = m_json.dump();
        return std::move(m_space);
    }

private:
    inline static const std::set<std::string> kOwnKeys = {"conditions", "draw", "count", "seed",
                                                          "netcaliper_space"};

    void readDraw() {
        constexpr Words<DrawKind, 3> kWords = {
            {{"grid", DrawKind::Grid}, {"random", DrawKind::Random}, {"sobol", DrawKind::Sobol}}};
        if (m_json.contains("draw")) {
            const Json& draw = m_json["draw"];
            const auto kind =
                choiceOf(kWords, draw.is_string() ? draw.get<std::string>() : std::string());
            if (!kind) refuseSpace("draw", "is an unknown word", "write " + listOf(kWords));
            m_space.m_draw = *kind;
        }
        m_space.m_count = wholeOf("count", 0, 10'000'000);
        m_space.m_seed = static_cast<uint64_t>(wholeOf("seed", 1, INT32_MAX));
        if (m_space.m_draw != DrawKind::Grid && m_space.m_count == 0)
            refuseSpace("count", "is missing", "say how many variations are drawn");
    }

    int64_t wholeOf(const char* key, int64_t usual, int64_t most) const {
        if (!m_json.contains(key)) return usual;
        const Json& value = m_json[key];
        if (!value.is_number_integer() || value < 0 || value > most)
            refuseSpace(key, "is no whole number from 0 to " + std::to_string(most),
                        "write a number");
        return value.get<int64_t>();
    }

    /// `at`: place in the document; `path`: the knob.
    void readKnob(const std::string& path, const std::string& at, const Json& json) {
        if (path == "layers") return readLayers(json);
        if (at.substr(at.rfind('.') + 1).find_first_of("/~") != std::string::npos ||
            std::ranges::count(path, '.') > 1)
            refuseSpace(at, "is no knob", "choose one of a variation's document");
        const bool isGroup = json.is_object() && !isRange(json);
        if (!isGroup && path == "prune") return add("prune.channels", at, json);
        if (!isGroup) return add(path, at, json);
        for (const auto& [key, value] : json.items())
            readKnob(path + "." + key, at + "." + key, value);
    }

    void readLayers(const Json& json) {
        if (!json.is_object()) refuseSpace("layers", "is no object", "name layers by their index");
        for (const auto& [layer, knobs] : json.items()) {
            const std::string at = "layers." + layer;
            if (!knobs.is_object()) refuseSpace(at, "is no object", "write its knobs");
            for (const auto& [key, value] : knobs.items())
                for (int32_t each : layersOf(layer, at, key))
                    add("layers." + std::to_string(each) + "." + key, at + "." + key, value);
        }
    }

    std::vector<int32_t> layersOf(const std::string& name, const std::string& at,
                                  const std::string& knob) const {
        if (name == "*") return layersWithKnob(m_graph, knob);
        const bool isIndex = !name.empty() && name.size() <= 6 &&
                             name.find_first_not_of("0123456789") == std::string::npos;
        const int32_t layer = isIndex ? std::stoi(name) : -1;
        if (std::ranges::none_of(m_graph->ops, [&](const Op& op) { return op.origin == layer; }))
            refuseSpace(at, "is no layer of the model",
                        "layers are numbered from 0 to " + std::to_string(m_graph->ops.size() - 1) +
                            "; * is each of them");
        return {layer};
    }

    void add(const std::string& path, const std::string& at, const Json& json) {
        Dimension dimension;
        dimension.path = path;
        dimension.copy = copyOf(path, at);
        if (!json.is_object()) {
            dimension.choices.push_back(choice(path, at, json));
        } else if (json.contains("values")) {
            checkKeys(json, at, {"values"});
            readValues(dimension, at, json["values"]);
        } else {
            checkKeys(json, at, {"from", "to", "steps"});
            readRange(dimension, at, json);
        }
        const auto isSame = [&](const Dimension& other) { return other.path == path; };
        if (const auto known = std::ranges::find_if(m_space.m_dimensions, isSame);
            known != m_space.m_dimensions.end())
            *known = std::move(dimension);  // a layer by its index after "*"
        else
            m_space.m_dimensions.push_back(std::move(dimension));
    }

    static void checkKeys(const Json& json, const std::string& at,
                          const std::set<std::string>& known) {
        for (const auto& [key, value] : json.items())
            if (!known.contains(key))
                refuseSpace(at + "." + key, "is an unknown key",
                            "write values, or from, to and steps");
    }

    /// How the knob is copied; "quantize" is a scheme, which two knobs hold.
    static Copy copyOf(const std::string& path, const std::string& at) {
        if (path == "quantize")
            return [](const Variation& from, Variation& to) {
                to.quantize.precision = from.quantize.precision;
                to.quantize.perChannel = from.quantize.perChannel;
            };
        Copy copy;
        findKnob(
            kVariationKnobs, path, [](auto& variation) -> auto& { return variation; }, copy);
        if (!copy) refuseSpace(at, "is no knob", "choose one of a variation's document");
        return copy;
    }

    /// The variation with one knob set, checked by the reader of variations.
    static KnobChoice choice(const std::string& path, const std::string& at, const Json& value) {
        KnobChoice made;
        made.text = value.dump();
        if (value.is_number()) made.number = value.get<double>();
        if (value.is_null()) return made;
        if (path == "quantize" && !(value.is_string() && value == "as-stored")) {
            const auto scheme = choiceOf(
                kSchemeWords, value.is_string() ? value.get<std::string>() : std::string());
            if (!scheme)
                refuseSpace(at, "is an unknown word", "write as-stored, " + listOf(kSchemeWords));
            made.variation.quantize.precision = scheme->precision;
            made.variation.quantize.perChannel = scheme->perChannel;
            return made;
        }
        if (path == "quantize") return made;
        auto parsed = transform::parseVariation(documentOf(path, value), at);
        if (!parsed) refuseAs(at, parsed.error());
        made.variation = std::move(*parsed);
        return made;
    }

    /// The reader names the knob; here its place in this document is named.
    [[noreturn]] static void refuseAs(const std::string& at, Error error) {
        const size_t end = error.what.find("' ");
        const std::string what = end == std::string::npos ? error.what : error.what.substr(end + 2);
        refuseSpace(at, what, error.remedy);
    }

    static void readValues(Dimension& dimension, const std::string& at, const Json& values) {
        if (!values.is_array() || values.empty())
            refuseSpace(at + ".values", "is no list with values", "write [ ... ]");
        for (size_t i = 0; i < values.size(); ++i)
            dimension.choices.push_back(
                choice(dimension.path, at + ".values[" + std::to_string(i) + "]", values[i]));
    }

    static double endOf(const Json& json, const std::string& at, const char* key) {
        if (!json.contains(key) || !json[key].is_number())
            refuseSpace(at + "." + key, "is no number", "write both ends of the range");
        return json[key].get<double>();
    }

    static void readRange(Dimension& dimension, const std::string& at, const Json& json) {
        const double from = endOf(json, at, "from"), to = endOf(json, at, "to");
        if (from > to) refuseSpace(at + ".from", "is above 'to'", "swap them");
        int64_t steps = kFineSteps;
        dimension.isFine = !json.contains("steps");
        if (!dimension.isFine) {
            if (!json["steps"].is_number_integer() || json["steps"] < 1 ||
                json["steps"] > kMostSteps)
                refuseSpace(at + ".steps",
                            "is no whole number from 1 to " + std::to_string(kMostSteps),
                            "write the number of values");
            steps = json["steps"].get<int64_t>();
        }
        const bool isWhole = json["from"].is_number_integer() && json["to"].is_number_integer();
        for (int64_t i = 0; i < steps; ++i) {
            const double share =
                steps == 1 ? 0 : static_cast<double>(i) / static_cast<double>(steps - 1);
            addStep(dimension, at, from + share * (to - from), isWhole);
        }
    }

    /// Knobs that count take whole numbers: between whole ends a step that the knob refuses is
    /// rounded, once.
    static void addStep(Dimension& dimension, const std::string& at, double value, bool isWhole) {
        Json json = std::round(value * 1e9) / 1e9;
        if (isWhole && needsWhole(dimension.path)) json = std::llround(value);
        KnobChoice made = choice(dimension.path, at, json);
        if (!dimension.choices.empty() && dimension.choices.back().text == made.text) return;
        dimension.choices.push_back(std::move(made));
    }

    static bool needsWhole(const std::string& path) {
        bool isWhole = false;
        const Variation usual;
        visitKnobs(kVariationKnobs, usual,
                   [&](const std::string& knob, const auto& value, const auto&) {
                       using Value = std::decay_t<decltype(value)>;
                       if (knob == path)
                           isWhole = std::is_same_v<Value, int32_t> ||
                                     std::is_same_v<Value, std::optional<int32_t>>;
                   });
        return isWhole;
    }

    void readConditions(const Json& json) {
        if (!json.is_array()) refuseSpace("conditions", "is no list", "write [ ... ]");
        for (size_t i = 0; i < json.size(); ++i) {
            const std::string at = "conditions[" + std::to_string(i) + "]";
            const Json& each = json[i];
            if (!each.is_object() || each.size() != 2 || !each.contains("if") ||
                !each.contains("then"))
                refuseSpace(at, "is no condition", "write { \"if\": ..., \"then\": ... }");
            m_space.m_conditions.push_back(
                {clausesOf(each["if"], at + ".if"), clausesOf(each["then"], at + ".then")});
        }
    }

    std::vector<Space::Clause> clausesOf(const Json& json, const std::string& at) const {
        if (!json.is_object()) refuseSpace(at, "is no object", "write knobs with values");
        std::vector<Space::Clause> clauses;
        for (const auto& [key, value] : json.items()) {
            const std::string path = key == "prune" ? "prune.channels" : key;
            const auto& dimensions = m_space.m_dimensions;
            const auto found = std::ranges::find_if(
                dimensions, [&](const Dimension& dimension) { return dimension.path == path; });
            if (found == dimensions.end())
                refuseSpace(at + "." + key, "is no knob of this space",
                            "name it as in the space: width, prune.channels, layers.3.width");
            clauses.push_back({static_cast<size_t>(found - dimensions.begin()),
                               holdsOf(*found, at + "." + key, value)});
        }
        return clauses;
    }

    static std::vector<bool> holdsOf(const Dimension& dimension, const std::string& at,
                                     const Json& json) {
        std::vector<bool> holds;
        if (json.is_object() && !json.contains("values")) {
            checkKeys(json, at, {"from", "to"});
            const double from = endOf(json, at, "from"), to = endOf(json, at, "to");
            for (const KnobChoice& each : dimension.choices)
                holds.push_back(each.number && *each.number >= from && *each.number <= to);
            return holds;
        }
        const Json values = json.is_object() ? json["values"] : Json::array({json});
        if (!values.is_array()) refuseSpace(at + ".values", "is no list", "write [ ... ]");
        for (const KnobChoice& each : dimension.choices)
            holds.push_back(std::ranges::any_of(values, [&](const Json& value) {
                return value.is_number() && each.number ? value.get<double>() == *each.number
                                                        : value.dump() == each.text;
            }));
        return holds;
    }

    const Json& m_json;
    GraphPtr m_graph;
    Space m_space;
};

Result<Space> Space::parse(const std::string& text, const std::string& name,
                           const GraphPtr& graph) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return fail("is no JSON document", name, "write a space: knobs with their values");
    try {
        return SpaceReader(json, graph).read();
    } catch (const Error& error) {
        return fail(error.what, name, error.remedy);
    }
}

}  // namespace search
