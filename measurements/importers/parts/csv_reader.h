// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CsvReader: reads the rows of a CSV one by one without storing them: traces have millions. The
// header determines the separator (comma, semicolon, tab or bar), or a first line "sep=;" does.
// Cells may be quoted, with "" for a quote, but a line end always ends a row, so that a damaged row
// affects no other. At most 1024 cells of a row are kept; a file with a longer header is no table.
//
// Numbers are returned as C writes them, whatever marks the table uses (number_marks.h).

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "importers/parts/number_marks.h"

namespace importers {

class CsvReader {
public:
    /// Reads the header: the first line that is not empty and not a comment; the header itself may
    /// begin with one '#'. The text must outlive the object.
    explicit CsvReader(std::string_view text);

    /// Returns column names, cut to kLongestName; empty for a file that is no table.
    const std::vector<std::string>& header() const { return m_header; }
    /// Reads the next row that is not empty; false at the end.
    bool next(std::vector<std::string>& cells);
    /// Returns the index of the first column with that name, ignoring case; -1 where there is none.
    int column(std::string_view name) const;

private:
    std::string_view nextLine();
    std::string_view nextFilledLine();
    bool nextRow(std::vector<std::string>& cells);
    std::string_view withoutBars(std::string_view line) const;
    NumberMarks marksOfRows() const;

    std::string_view m_rest;
    char m_separator = ',';
    NumberMarks m_marks{','};
    std::vector<std::string> m_header;
    std::unordered_map<std::string, int> m_columns;  ///< by name in lower case
};

}  // namespace importers
