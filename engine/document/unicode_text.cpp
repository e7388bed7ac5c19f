// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/unicode_text.h"

#include <cstdint>

namespace document {
namespace {

bool mayBeShown(char32_t c) {
    const bool isControl = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    const bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool isNone = c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
    return !isControl && !turns && !isNone;
}

/// Number of bytes that a first byte announces; 0: it is none.
int lengthOf(uint8_t first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/// Takes one character from the front of `rest`, which is not empty.
char32_t takeCharacter(std::string_view& rest) {
    constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    const auto first = static_cast<uint8_t>(rest[0]);
    const int length = lengthOf(first);
    char32_t c = length < 2 ? first : first & (0xFFu >> (length + 1));
    size_t used = 1;
    for (; used < static_cast<size_t>(length); ++used) {
        const auto next = used < rest.size() ? static_cast<uint8_t>(rest[used]) : uint8_t{0};
        if ((next & 0xC0) != 0x80) break;
        c = c << 6 | (next & 0x3Fu);
    }
    rest.remove_prefix(used);
    const bool isWhole = length > 0 && used == static_cast<size_t>(length) && c >= kLeast[length];
    return isWhole ? c : kReplacement;
}

}  // namespace

std::u32string shownCharacters(std::string_view utf8) {
    std::u32string characters;
    characters.reserve(utf8.size());
    while (!utf8.empty()) {
        const char32_t c = takeCharacter(utf8);
        characters += mayBeShown(c) ? c : kReplacement;
    }
    return characters;
}

void appendUtf8(std::string& text, char32_t c) {
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) return add(c);
    if (c < 0x800) {
        add(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            add(0xE0 | c >> 12);
        } else {
            add(0xF0 | c >> 18);
            add(0x80 | (c >> 12 & 0x3F));
        }
        add(0x80 | (c >> 6 & 0x3F));
    }
    add(0x80 | (c & 0x3F));
}

}  // namespace document
