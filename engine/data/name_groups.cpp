// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/name_groups.h"

#include <algorithm>
#include <cctype>

namespace data {
namespace {

constexpr const char* kOrigins[] = {"speaker", "spk",     "subject",   "user", "person",
                                    "patient", "session", "recording", "rec"};

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The number behind a word that begins at `place`; empty where it is part of another word.
std::string numberBehind(const std::string& name, size_t place, size_t length) {
    if (place > 0 && std::isalpha(static_cast<unsigned char>(name[place - 1]))) return {};
    size_t first = place + length;
    if (first < name.size() && (name[first] == '-' || name[first] == '_')) ++first;
    size_t end = first;
    while (end < name.size() && isDigit(name[end]))
        ++end;
    return name.substr(std::min(first, name.size()), end - first);
}

}  // namespace

std::string groupOfName(const std::string& full) {
    std::string name = full.substr(full.find_last_of('/') + 1);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (const size_t hash = name.find("_nohash_"); hash != std::string::npos)
        return name.substr(0, hash);
    for (const std::string word : kOrigins)
        for (size_t place = name.find(word); place != std::string::npos;
             place = name.find(word, place + 1))
            if (const std::string number = numberBehind(name, place, word.size()); !number.empty())
                return word + number;
    return {};
}

}  // namespace data
