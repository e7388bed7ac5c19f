// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/csv_rows.h"

#include <algorithm>
#include <fstream>

namespace cost {
namespace {

std::vector<std::string> fieldsOf(const std::string& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c != '\r')
            fields.back() += c;
    }
    return fields;
}

}  // namespace

CsvRow::CsvRow(const std::vector<std::string>& header, const std::vector<std::string>& fields) {
    for (size_t i = 0; i < std::min(header.size(), fields.size()); ++i)
        m_fields[header[i]] = fields[i];
}

const std::string& CsvRow::operator[](const std::string& column) const {
    static const std::string none;
    const auto field = m_fields.find(column);
    return field == m_fields.end() ? none : field->second;
}

std::vector<std::string> CsvRow::columns() const {
    std::vector<std::string> names;
    for (const auto& [name, text] : m_fields)
        names.push_back(name);
    return names;
}

types::Result<std::vector<CsvRow>> readCsvRows(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::string line;
    if (!stream || !std::getline(stream, line))
        return types::fail("cannot read the table", file.string(), "check the path");
    const std::vector<std::string> header = fieldsOf(line);
    std::vector<CsvRow> rows;
    while (std::getline(stream, line))
        if (!line.empty()) rows.emplace_back(header, fieldsOf(line));
    return rows;
}

}  // namespace cost
