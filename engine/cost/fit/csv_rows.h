// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Comma-separated values with a header line, following RFC 4180 (quoted fields may contain commas
// and doubled quotes, but no line breaks).

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "types/result.h"

namespace cost {

/// One line, accessed by column name; "" for a column that the file lacks.
class CsvRow {
public:
    CsvRow(const std::vector<std::string>& header, const std::vector<std::string>& fields);
    const std::string& operator[](const std::string& column) const;
    /// Names of the columns, sorted.
    std::vector<std::string> columns() const;

private:
    std::map<std::string, std::string> m_fields;
};

types::Result<std::vector<CsvRow>> readCsvRows(const std::filesystem::path& file);

}  // namespace cost
