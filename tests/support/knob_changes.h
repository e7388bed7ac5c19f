// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every change that one knob alone can make, taken from the domains of the knobs: tests that loop
// over these cannot miss a knob.

#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "types/knob_domain.h"

namespace support {

/// The layer whose knobs are changed.
constexpr int32_t kChangedLayer = 3;

// valuesOf(): values of one domain: every choice, or the ends and the middle of the limits.

inline std::vector<double> valuesOf(double, const types::Limits& limits) {
    constexpr double kStep = 0.001;
    return {limits.least(kStep), (limits.low + limits.high) / 2, limits.greatest(kStep)};
}

inline std::vector<int32_t> valuesOf(int32_t, const types::Limits& limits) {
    return {int32_t(limits.low), int32_t((limits.low + limits.high) / 2), int32_t(limits.high)};
}

inline std::vector<std::array<int32_t, 2>> valuesOf(const std::array<int32_t, 2>&,
                                                    const types::Limits& limits) {
    const auto low = int32_t(limits.low), high = int32_t(limits.high);
    return {{low, low}, {low + 95, low + 63}, {high, high}};
}

inline std::vector<bool> valuesOf(bool, types::OnOff) {
    return {false, true};
}

template <typename Choice, size_t count>
std::vector<Choice> valuesOf(Choice, const types::Words<Choice, count>& words) {
    std::vector<Choice> choices;
    for (const auto& [word, choice] : words)
        choices.push_back(choice);
    return choices;
}

template <typename Value, typename Domain>
std::vector<std::optional<Value>> valuesOf(const std::optional<Value>&, const Domain& domain) {
    std::vector<std::optional<Value>> values{std::nullopt};
    for (const Value value : valuesOf(Value{}, domain))
        values.emplace_back(value);
    return values;
}

/// `base` with one knob changed.
struct KnobChange {
    std::string path;  ///< as visitKnobs() names it: "prune.channels"
    types::Variation variation;
};

/// The changes of all knobs, or of the one at `path`.
inline std::vector<KnobChange> knobChanges(const types::Variation& base,
                                           const std::string& path = {}) {
    std::vector<KnobChange> changes;
    types::Variation changed = base;
    changed.layers[kChangedLayer];
    types::visitKnobs(types::kVariationKnobs, changed,
                      [&](const std::string& here, auto& value, const auto& domain) {
                          if (!path.empty() && here != path) return;
                          const auto usual = value;
                          for (const auto other : valuesOf(usual, domain)) {
                              value = other;
                              if (value != usual) changes.push_back({here, changed});
                          }
                          value = usual;
                      });
    for (KnobChange& change : changes)
        std::erase_if(change.variation.layers,
                      [](const auto& layer) { return layer.second.isEmpty(); });
    return changes;
}

// textOf(): the value of a knob as documents and the command line write it.

inline std::string textOf(double value, const types::Limits&) {
    std::ostringstream text;
    text << std::setprecision(12) << value;
    return text.str();
}

inline std::string textOf(const std::array<int32_t, 2>& size, const types::Limits&) {
    return std::to_string(size[0]) + "x" + std::to_string(size[1]);
}

inline std::string textOf(bool value, types::OnOff) {
    return value ? "true" : "false";
}

template <typename Choice, size_t count>
std::string textOf(Choice choice, const types::Words<Choice, count>& words) {
    return types::wordOf(words, choice);
}

template <typename Value, typename Domain>
std::string textOf(const std::optional<Value>& value, const Domain& domain) {
    return value ? textOf(*value, domain) : "unset";
}

/// The value of every knob, by where it is.
inline std::map<std::string, std::string> knobTexts(types::Variation variation) {
    variation.layers[kChangedLayer];
    std::map<std::string, std::string> texts;
    types::visitKnobs(types::kVariationKnobs, variation,
                      [&](const std::string& path, const auto& value, const auto& domain) {
                          texts[path] = textOf(value, domain);
                      });
    return texts;
}

}  // namespace support
