// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TermName: the name of a loop or code path, with its hash. The compiler computes the hash, so
// looking up a term in a row compares numbers instead of text.
//
// Ownership: refers to text with static lifetime (literals, tables of operator names). Source of
// the hash: FNV-1a, 64 bits; the few hundred short names have no collisions.

#include <cstdint>
#include <string_view>

namespace cost {

constexpr uint64_t nameHash(std::string_view text) {
    uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3ULL;
    return hash;
}

/// Key of a row in a device file: its kernel and type.
constexpr uint64_t rowHash(uint64_t kernel, std::string_view dtype) {
    return kernel * 0x9e3779b97f4a7c15ULL ^ nameHash(dtype);
}

struct TermName {
    const char* text;
    uint64_t hash;

    TermName() = default;
    /// Implicit, so that terms can be written as plain text.
    consteval TermName(const char* literal) : text(literal), hash(nameHash(literal)) {}
    /// For names known only at run time.
    static TermName of(const char* text) {
        TermName name;
        name.text = text;
        name.hash = nameHash(text);
        return name;
    }
};

}  // namespace cost
