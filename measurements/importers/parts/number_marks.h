// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// NumberMarks: how a table writes its numbers. Spreadsheets of many countries write "1.234,5",
// "1 234,5" or "1'234.5" for 1234.5; which marks a table uses is told by all of its cells together.

#include <string>
#include <string_view>

namespace importers {

class NumberMarks {
public:
    /// `separator` stands between the cells of the table.
    explicit NumberMarks(char separator) : m_separator(separator) {}

    /// Takes one cell into account; decide() after the last one.
    void survey(std::string_view text);
    void decide();

    /// Writes a number as C does, "1234.5"; other cells stay.
    void normalize(std::string& cell) const;

private:
    struct Seen {
        bool decimals = false;    ///< "1,25"
        bool oneGroup = false;    ///< "1,250"
        bool manyGroups = false;  ///< "1,234,567"
    };

    char m_separator;
    Seen m_commas, m_points;
    bool m_blankGroups = false, m_otherBlanks = false;
    bool m_commaIsDecimal = false;
    char m_group = 0;
};

}  // namespace importers
