// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Serial monitors and loggers put their own text before every line: times, levels, tags, arrows,
// colours. None of them is listed here. A prefix is what repeats: its shape is the text with each
// run of digits as one '0' and each run of blanks as one blank, so that
//   10:15:02.118 -> CONV_2D took 249561 ticks (8 ms).
//   10:15:02.126 -> RESHAPE took 12 ticks (0 ms).
// share the shape "0:0:0.0 -> ".

#include <string>
#include <string_view>
#include <vector>

namespace importers {

/// Removes the escape sequences of terminals: colours, cursor movement, titles.
std::string withoutEscapes(std::string_view text);

/// Removes what precedes the lines of TFLM's profiler and allocator, where it repeats or ends
/// directly before the name of an operator. Returns the text unchanged where it has no such lines.
std::string withoutProfilePrefixes(std::string text);

/// Shapes that most lines begin with, longest first; at most 20.
std::vector<std::string> commonPrefixes(std::string_view text);

/// True where each line that is not empty begins with the shape, and the shape is no part of a
/// table: it ends with a blank or a sign that closes, and holds more than separators.
bool beginsEveryLine(std::string_view text, const std::string& shape);

/// Removes prefixes of these shapes, the longest that fits each line; other lines stay.
std::string withoutPrefixes(std::string_view text, const std::vector<std::string>& shapes);

}  // namespace importers
