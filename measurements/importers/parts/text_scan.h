// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Helpers to parse text: lines with any ending, numbers, the part between two marks. Nothing is
// copied: views are valid as long as the original text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace importers {

/// Longest name that is kept whole (an input file, a column): every row of a session repeats it,
/// and thousands of copies of one endless line would exhaust the memory.
inline constexpr size_t kLongestName = 200;

/// Returns lines without their end (LF, CR LF or CR) and surrounding blanks; keeps empty lines.
std::vector<std::string_view> linesOf(std::string_view text);

std::string_view trimmed(std::string_view text);
std::string lowerCase(std::string_view text);

/// Returns the text after `prefix`, where the text begins with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix);
/// Returns the text between the first `begin` and the next `end` after it.
std::optional<std::string_view> between(std::string_view text, std::string_view begin,
                                        std::string_view end);
/// Returns the text after the first `mark`, anywhere in the text.
std::optional<std::string_view> behind(std::string_view text, std::string_view mark);
bool contains(std::string_view text, std::string_view part);
/// True where any line begins with `prefix`, after blanks.
bool hasLine(std::string_view text, std::string_view prefix);

/// Returns the pieces between separators, trimmed.
std::vector<std::string_view> piecesOf(std::string_view text, char separator);

/// Parses the whole text as a finite number; nothing where it holds anything else.
std::optional<double> numberOf(std::string_view text);
std::optional<int64_t> integerOf(std::string_view text);
/// Parses the number at the beginning, after blanks, and ignores the rest ("12.5 sec.").
std::optional<double> leadingNumber(std::string_view text);
/// The same for numbers with commas between thousands ("827,256 B", "1,234.5 ms").
std::optional<double> leadingGrouped(std::string_view text);

/// Parses "[0.1,0.2]" without brackets; nothing where any element is not a number.
std::optional<std::vector<double>> numberList(std::string_view text);

}  // namespace importers
