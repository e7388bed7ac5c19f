// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TermName: the name of a loop or of a code path together with its hash. The compiler works the
// hash out, so looking a term up in a row compares numbers, never text.
//
// Ownership: refers to text that lives as long as the program (literals, tables of operator names).
// Source of the hash: FNV-1a, 64 bits; no two of a few hundred short names share one.

#include <cstdint>
#include <string_view>

namespace cost {

constexpr uint64_t nameHash(std::string_view text) {
    uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3ULL;
    return hash;
}

/// Of a row in a device file: which kernel and which type it is for.
constexpr uint64_t rowHash(uint64_t kernel, std::string_view dtype) {
    return kernel * 0x9e3779b97f4a7c15ULL ^ nameHash(dtype);
}

struct TermName {
    const char* text;
    uint64_t hash;

    TermName() = default;
    /// Implicit: terms are written as plain text.
    consteval TermName(const char* literal) : text(literal), hash(nameHash(literal)) {}
    /// Of text that is known only when the program runs.
    static TermName of(const char* text) {
        TermName name;
        name.text = text;
        name.hash = nameHash(text);
        return name;
    }
};

}  // namespace cost
