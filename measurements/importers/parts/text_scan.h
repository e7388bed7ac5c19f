// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Small readers of text that came over a wire: lines whatever ends them, numbers, what stands
// between two marks. Nothing is copied: views live as long as the text they look into.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace importers {

/// A name that every row of a session repeats (an input file, a column) is cut to so many bytes:
/// thousands of copies of one endless line would fill the memory.
inline constexpr size_t kLongestName = 200;

/// Lines without their end (LF, CR LF or CR) and without surrounding blanks; empty lines stay.
std::vector<std::string_view> linesOf(std::string_view text);

std::string_view trimmed(std::string_view text);
std::string lowerCase(std::string_view text);

/// What follows `prefix`, where the text begins with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix);
/// What stands between the first `begin` and the next `end` after it.
std::optional<std::string_view> between(std::string_view text, std::string_view begin,
                                        std::string_view end);
/// What follows the first `mark`, wherever it stands.
std::optional<std::string_view> behind(std::string_view text, std::string_view mark);
bool contains(std::string_view text, std::string_view part);
/// True where any line of the text begins with `prefix`, after blanks.
bool hasLine(std::string_view text, std::string_view prefix);

/// The pieces between separators, trimmed.
std::vector<std::string_view> piecesOf(std::string_view text, char separator);

/// The whole text as a finite number; nothing where anything else stands in it.
std::optional<double> numberOf(std::string_view text);
std::optional<int64_t> integerOf(std::string_view text);
/// The number that the text begins with, after blanks; what follows is ignored ("12.5 sec.").
std::optional<double> leadingNumber(std::string_view text);
/// The same for whole numbers with commas between thousands ("827,256 B").
std::optional<double> leadingGrouped(std::string_view text);

/// "[0.1,0.2]" without brackets: all of the numbers, or nothing where one is none.
std::optional<std::vector<double>> numberList(std::string_view text);

}  // namespace importers
