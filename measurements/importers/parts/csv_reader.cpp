// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/csv_reader.h"

#include <algorithm>

#include "importers/parts/text_scan.h"

namespace importers {
namespace {

// Far more than tables of measurements have; a line of millions would exhaust the memory.
constexpr size_t kMaxColumns = 1024;
// Rows that decide whether commas are decimal ones.
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

/// True for digits with exactly one `mark` between them, after an optional sign, and no other
/// character but grouping points before a comma: "-1.234,5".
bool isDecimal(std::string_view cell, char mark) {
    if (!cell.empty() && (cell[0] == '-' || cell[0] == '+')) cell.remove_prefix(1);
    const size_t at = cell.rfind(mark);
    if (at == std::string_view::npos || at == 0 || at + 1 == cell.size()) return false;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto isWhole = [&](char c) { return isDigit(c) || (mark == ',' && c == '.'); };
    return std::all_of(cell.begin(), cell.begin() + static_cast<std::ptrdiff_t>(at), isWhole) &&
           std::all_of(cell.begin() + static_cast<std::ptrdiff_t>(at) + 1, cell.end(), isDigit);
}

void replaceDecimalComma(std::string& cell) {
    if (!isDecimal(cell, ',')) return;
    std::erase(cell, '.');
    cell[cell.find(',')] = '.';
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : m_rest(text) {
    // Spreadsheets write a byte order mark first.
    if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
    std::string_view line;
    while (!m_rest.empty() && line.empty())
        line = nextLine();
    if (line.starts_with('#')) line = trimmed(line.substr(1));
    const auto count = [&](char c) { return std::count(line.begin(), line.end(), c); };
    for (const char candidate : {';', '\t'})
        if (count(candidate) > count(m_separator)) m_separator = candidate;
    if (!splitCells(line, m_separator, m_header)) m_header.clear();
    for (size_t i = 0; i < m_header.size(); ++i) {
        m_header[i] = m_header[i].substr(0, kLongestName);
        m_columns.emplace(lowerCase(m_header[i]), static_cast<int>(i));
    }
    m_decimalComma = m_separator != ',' && hasDecimalCommas();
}

bool CsvReader::hasDecimalCommas() const {
    CsvReader rows(*this);
    bool commas = false;
    std::vector<std::string> cells;
    for (size_t row = 0; row < kSurveyedRows && rows.next(cells); ++row)
        for (const std::string& cell : cells) {
            if (isDecimal(cell, '.')) return false;
            commas = commas || isDecimal(cell, ',');
        }
    return commas;
}

std::string_view CsvReader::nextLine() {
    const size_t end = std::min(m_rest.find_first_of("\r\n"), m_rest.size());
    const auto line = m_rest.substr(0, end);
    m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
    return trimmed(line).empty() ? std::string_view() : line;
}

bool CsvReader::next(std::vector<std::string>& cells) {
    while (!m_rest.empty()) {
        const auto line = nextLine();
        if (line.empty()) continue;
        splitCells(line, m_separator, cells);
        if (m_decimalComma)
            for (std::string& cell : cells)
                replaceDecimalComma(cell);
        return true;
    }
    return false;
}

int CsvReader::column(std::string_view name) const {
    const auto found = m_columns.find(lowerCase(name));
    return found == m_columns.end() ? -1 : found->second;
}

}  // namespace importers
