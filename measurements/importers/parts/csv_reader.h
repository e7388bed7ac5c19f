// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CsvReader: the rows of a CSV one after the other, without holding them all: traces have millions.
// The separator (comma, semicolon or tab) is told by the header. Cells may be quoted, with ""
// for a quote, but a line end ends a row even within quotes: a torn row costs itself alone.
// At most 1024 cells of a row are kept; what has a longer header is no table.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace importers {

class CsvReader {
public:
    /// Reads the header: the first line that is neither empty nor a comment of more than a
    /// header's '#'. The text must outlive the object.
    explicit CsvReader(std::string_view text);

    /// Names of the columns, cut to kLongestName; empty for what is no table.
    const std::vector<std::string>& header() const { return m_header; }
    /// The next row that is not empty; false at the end.
    bool next(std::vector<std::string>& cells);
    /// Place of the first column of that name, in any case of letters; -1 where there is none.
    int column(std::string_view name) const;

private:
    std::string_view nextLine();

    std::string_view m_rest;
    char m_separator = ',';
    std::vector<std::string> m_header;
    std::unordered_map<std::string, int> m_columns;  ///< by their names in lower case
};

}  // namespace importers
