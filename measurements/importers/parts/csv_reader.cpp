// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/csv_reader.h"

#include <algorithm>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

// Far more than tables of measurements have; a line of millions would exhaust the memory.
constexpr size_t kMaxColumns = 1024;
// Rows that decide how numbers are written.
constexpr size_t kSurveyedRows = 200;

/// Returns false where the line has more cells than are kept.
bool splitCells(std::string_view line, char separator, std::vector<std::string>& cells) {
    cells.clear();
    cells.emplace_back();
    bool quoted = false, isWhole = true;
    for (size_t i = 0; isWhole && i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            cells.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c != separator || quoted)
            cells.back() += c;
        else if (isWhole = cells.size() < kMaxColumns; isWhole)
            cells.emplace_back();
    }
    for (std::string& cell : cells)
        cell = std::string(trimmed(cell));
    return isWhole;
}

/// Rules under the header of a table in Markdown.
bool isRule(std::string_view line) {
    return line.find('-') != std::string_view::npos &&
           line.find_first_not_of("|-: \t") == std::string_view::npos;
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : m_rest(text) {
    // Spreadsheets write a byte order mark first, or the separator.
    if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
    auto line = nextFilledLine();
    const bool isStated = line.size() == 5 && line.starts_with("sep=");
    if (isStated) {
        m_separator = line[4];
        line = nextFilledLine();
    }
    if (line.starts_with('#')) line = trimmed(line.substr(1));
    const auto count = [&](char c) { return std::count(line.begin(), line.end(), c); };
    for (const char candidate : {';', '\t', '|'})
        if (!isStated && count(candidate) > count(m_separator)) m_separator = candidate;
    if (!splitCells(withoutBars(line), m_separator, m_header)) m_header.clear();
    for (size_t i = 0; i < m_header.size(); ++i) {
        m_header[i] = m_header[i].substr(0, kLongestName);
        m_columns.emplace(lowerCase(m_header[i]), static_cast<int>(i));
    }
    m_marks = marksOfRows();
}

NumberMarks CsvReader::marksOfRows() const {
    NumberMarks marks(m_separator);
    CsvReader rows(*this);
    std::vector<std::string> cells;
    for (size_t row = 0; row < kSurveyedRows && rows.nextRow(cells); ++row)
        for (const std::string& cell : cells)
            marks.survey(cell);
    marks.decide();
    return marks;
}

std::string_view CsvReader::withoutBars(std::string_view line) const {
    if (m_separator != '|') return line;
    line = trimmed(line);
    if (line.starts_with('|')) line.remove_prefix(1);
    if (line.ends_with('|')) line.remove_suffix(1);
    return line;
}

std::string_view CsvReader::nextFilledLine() {
    std::string_view line;
    while (!m_rest.empty() && line.empty())
        line = nextLine();
    return line;
}

std::string_view CsvReader::nextLine() {
    const size_t end = std::min(m_rest.find_first_of("\r\n"), m_rest.size());
    const auto line = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return trimmed(line).empty() ? std::string_view() : line;
}

bool CsvReader::nextRow(std::vector<std::string>& cells) {
    auto line = nextFilledLine();
    if (m_separator == '|' && isRule(line)) line = nextFilledLine();
    if (line.empty()) return false;
    splitCells(withoutBars(line), m_separator, cells);
    return true;
}

bool CsvReader::next(std::vector<std::string>& cells) {
    if (!nextRow(cells)) return false;
    for (std::string& cell : cells)
        m_marks.normalize(cell);
    return true;
}

int CsvReader::column(std::string_view name) const {
    const auto found = m_columns.find(lowerCase(name));
    return found == m_columns.end() ? -1 : found->second;
}

}  // namespace importers
