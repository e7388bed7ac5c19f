// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/array_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace data {
namespace {

using namespace types;

constexpr std::array kSetWords = {"train", "training",   "test", "testing", "val",
                                  "valid", "validation", "eval", "dev"};
constexpr std::array kSampleWords = {"x",       "xs",       "image",   "images", "img",
                                     "imgs",    "data",     "samples", "inputs", "input",
                                     "feature", "features", "arr0"};
constexpr std::array kLabelWords = {"y",      "ys",      "label", "labels",  "lbl",
                                    "target", "targets", "class", "classes", "arr1"};

template <size_t N>
bool isAmong(const std::string& word, const std::array<const char*, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lettersAndDigits(const std::string& name) {
    std::string text;
    for (const char c : name)
        if (std::isalnum(static_cast<unsigned char>(c)))
            text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

enum class Part : int8_t { None, Samples, Labels };

Part partOf(const std::string& word) {
    if (isAmong(word, kSampleWords)) return Part::Samples;
    return isAmong(word, kLabelWords) ? Part::Labels : Part::None;
}

/// "xtrain" and "trainx" are the samples of "train".
std::pair<Part, std::string> splitName(const std::string& name) {
    const std::string text = lettersAndDigits(name);
    if (const Part part = partOf(text); part != Part::None) return {part, ""};
    for (const std::string set : kSetWords) {
        if (text.size() <= set.size()) continue;
        const auto rest = text.starts_with(set) ? text.substr(set.size())
                          : text.ends_with(set) ? text.substr(0, text.size() - set.size())
                                                : std::string();
        if (const Part part = partOf(rest); part != Part::None) return {part, set};
    }
    return {Part::None, ""};
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

std::vector<ArraySet> setsAmong(const std::vector<std::string>& names) {
    std::map<std::string, ArraySet> found;
    for (const std::string& name : names) {
        const auto [part, set] = splitName(name);
        if (part == Part::None) continue;
        ArraySet& entry = found[set];
        entry.name = set;
        std::string& place = part == Part::Samples ? entry.samples : entry.labels;
        // "x" and "y" win over others: "images" may stand beside "x".
        if (place.empty() || name.size() < place.size()) place = name;
    }
    std::vector<ArraySet> sets;
    for (const auto& [name, set] : found)
        if (!set.samples.empty()) sets.push_back(set);
    return sets;
}

Result<ArraySet> chosenSet(const std::vector<std::string>& names, const std::string& wanted,
                           const std::string& where) {
    const auto sets = setsAmong(names);
    std::vector<std::string> setNames;
    for (const ArraySet& set : sets) {
        if (!wanted.empty() && (set.name == wanted || set.samples == wanted)) return set;
        setNames.push_back(set.name.empty() ? set.samples : set.name);
    }
    if (wanted.empty() && sets.size() == 1) return sets.front();
    if (sets.empty())
        return fail("there is no array named x" +
                        (names.empty() ? std::string() : " (there are: " + listed(names) + ")"),
                    where, "save the samples as x and the labels as y");
    if (!wanted.empty())
        return fail("there is no set " + wanted, where, "choose one of " + listed(setNames));
    return fail("there are several sets: " + listed(setNames), where,
                "add the name of one: " + where + "/" + setNames.front());
}

}  // namespace data
