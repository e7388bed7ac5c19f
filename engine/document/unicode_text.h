// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// UTF-8 from anyone as code points that may be shown.

#include <string>
#include <string_view>

namespace document {

/// What stands for bytes that are no UTF-8, and for characters that must not be shown.
constexpr char32_t kReplacement = 0xFFFD;

/// Control characters (but line ends and tabs), and those that turn the direction of a text so
/// that it reads as another one, become kReplacement.
std::u32string shownCharacters(std::string_view utf8);

void appendUtf8(std::string& text, char32_t character);

}  // namespace document
