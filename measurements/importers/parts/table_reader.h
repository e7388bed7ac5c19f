// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TableReader: converts the rows of a table with a column map to sessions, one per set of
// conditions (board, clock, kernels, model, ...). A table with one row per model, or a sweep over
// many models, would give hundreds of sessions of a few rows; for these, one session holds all
// models of a board, and the key begins with the model. Columns that the map does not name describe
// the row: they become the measurement's note, or notes of the session where they are equal in all
// rows.

#include <map>
#include <set>
#include <unordered_map>

#include "importers/importer.h"
#include "importers/parts/column_map.h"
#include "importers/parts/session_builder.h"

namespace importers {

class TableReader {
public:
    /// `map` is located in the header of `text`, which must outlive the reader.
    TableReader(std::string format, std::string_view text, ColumnMap map);

    Sessions read();

private:
    using Cells = std::vector<std::string>;

    void survey();
    std::string cell(const ColumnRole& role, const Cells& cells) const;
    std::string valueOf(const char* role, const Cells& cells) const;
    std::string modelOf(const Cells& cells) const;
    std::string noteOf(const Cells& cells) const;
    std::string conditionsKey(const Cells& cells, std::string& title) const;
    SessionBuilder& builderFor(const Cells& cells);
    void startSession(const Cells& cells, SessionBuilder& builder) const;
    void takeRow(const Cells& cells);
    void addQuantity(const ColumnRole& role, double value, const types::Measurement& row,
                     const std::string& model, SessionBuilder& builder) const;

    std::string m_format;
    std::string_view m_text;
    CsvReader m_header;
    ColumnMap m_map;
    std::unordered_map<std::string, size_t> m_roles;  ///< the first of each role in the map
    std::vector<bool> m_isMapped;                     ///< per column
    std::vector<std::set<std::string>> m_values;      ///< per column; keeps at most two values
    std::set<std::string> m_models;
    bool m_keyedByModel = false;
    size_t m_emptyRows = 0;
    std::map<std::string, SessionBuilder> m_sessions;  ///< key: the conditions as one text
    std::vector<std::string> m_order;
};

}  // namespace importers
