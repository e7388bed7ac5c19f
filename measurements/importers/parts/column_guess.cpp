// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/column_guess.h"

#include <algorithm>
#include <array>

#include "importers/parts/op_tags.h"
#include "importers/parts/power_columns.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/table_reader.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using ColumnWords = std::vector<std::string>;

constexpr size_t kGuessedRows = 50;

ColumnWords columnWords(std::string_view name) {
    ColumnWords words(1);
    for (const char c : lowerCase(name)) {
        if ((c >= 'a' && c <= 'z') || c == '#')
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

template <size_t N>
bool hasWord(const ColumnWords& words, const std::array<const char*, N>& wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const char* word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    });
}

constexpr std::array<const char*, 11> kLayerWords = {
    "layer", "index", "idx", "node", "event", "id", "step", "nr", "#", "couche", "schicht"};
constexpr std::array<const char*, 8> kOpWords = {"op",   "operator", "operation", "tag",
                                                 "type", "kernel",   "kind",      "name"};
constexpr std::array<const char*, 10> kTimeWords = {
    "time", "latency", "duration", "elapsed", "runtime", "t", "zeit", "dauer", "temps", "tiempo"};
constexpr std::array<const char*, 4> kCurrentWords = {"current", "amps", "ampere", "amperage"};

/// What the first rows show of a column, whatever its name.
struct ColumnContent {
    int numbers = 0, ops = 0;  ///< cells that are, minus cells that are not
    bool counts = true;        ///< 0, 1, 2, ... or 1, 2, 3, ...
    int64_t rows = 0, first = 0;

    void take(const std::string& cell) {
        numbers += numberOf(cell) ? 1 : -1;
        ops += isOpTag(opTag(cell)) ? 1 : -1;
        const auto whole = integerOf(cell);
        if (rows == 0) first = whole.value_or(-1);
        counts = counts && (first == 0 || first == 1) && whole == first + rows;
        ++rows;
    }
};

std::vector<ColumnContent> contentsOf(std::string_view text) {
    CsvReader rows(text);
    std::vector<ColumnContent> contents(rows.header().size());
    std::vector<std::string> cells;
    for (size_t row = 0; row < kGuessedRows && rows.next(cells); ++row)
        for (size_t i = 0; i < std::min(cells.size(), contents.size()); ++i)
            contents[i].take(cells[i]);
    return contents;
}

class Guess {
public:
    explicit Guess(std::string_view text) : m_rows(text), m_contents(contentsOf(text)) {}

    std::string columns() {
        for (size_t i = 0; i < m_contents.size(); ++i)
            if (m_rows.header()[i].find_first_of(",=") == std::string::npos) take(i);
        if (!m_time.empty() && !m_current.empty()) return m_time + ',' + m_current;
        const std::string& quantities = m_quantities.empty() ? m_unitless : m_quantities;
        return quantities.empty() ? quantities : m_names + quantities.substr(1);
    }

private:
    void take(size_t i) {
        const std::string& column = m_rows.header()[i];
        if (column.empty()) return;
        const ColumnWords words = columnWords(column);
        const ColumnContent& content = m_contents[i];
        if (content.numbers <= 0) {
            name("op", content.ops > 0 || hasWord(words, kOpWords), column);
            return;
        }
        if (hasWord(words, kCurrentWords)) {
            m_current = "current_" + currentUnit(words) + '=' + column;
            return;
        }
        const auto unit = columnUnit(column);
        if (unit && i == 0) m_time = timeRole(unit->factor) + '=' + column;
        if (unit)
            m_quantities += ',' + unitName(*unit) + '=' + column;
        else if (hasWord(words, kTimeWords))
            m_unitless += ",latency_us=" + column;
        else
            name("layer", hasWord(words, kLayerWords) || (content.counts && content.rows > 1),
                 column);
    }

    void name(const std::string& role, bool isNamed, const std::string& column) {
        if (isNamed && !contains(m_names, role + '=')) m_names += role + '=' + column + ',';
    }

    static std::string currentUnit(const ColumnWords& words) {
        for (const char* unit : {"na", "ua", "ma"})
            if (std::find(words.begin(), words.end(), unit) != words.end()) return unit;
        return "a";
    }

    static std::string timeRole(double factor) {
        return factor >= 1e6 ? "time_s" : factor >= 1e3 ? "time_ms" : "time_us";
    }

    CsvReader m_rows;
    std::vector<ColumnContent> m_contents;
    std::string m_names, m_quantities, m_unitless, m_time, m_current;
};

bool reads(std::string_view text, const std::string& columns) {
    const CsvReader rows(text);
    if (mapsTrace(columns)) return powerColumns(rows, columns, "").has_value();
    auto map = parseColumnMap(columns);
    if (map) map = placedIn(std::move(*map), rows, "");
    return map && !TableReader("", text, std::move(*map)).read().empty();
}

}  // namespace

std::string guessedColumns(std::string_view text) {
    // A part of a long table decides as well as the whole.
    constexpr size_t kSurveyedBytes = size_t{64} << 10;
    text = text.substr(0, kSurveyedBytes);
    if (CsvReader(text).header().size() < 2) return {};
    const std::string columns = Guess(text).columns();
    return !columns.empty() && reads(text, columns) ? columns : std::string();
}

bool statesTime(std::string_view line) {
    for (size_t at = 0; at < line.size(); ++at) {
        if (line[at] < '0' || line[at] > '9') continue;
        at = std::min(line.find_first_not_of("0123456789.,", at), line.size());
        const auto rest = trimmed(line.substr(at));
        size_t end = 0;
        while (end < rest.size() && ((rest[end] | 0x20) >= 'a' && (rest[end] | 0x20) <= 'z'))
            ++end;
        const auto unit = unitWord(rest.substr(0, end));
        if (unit && end > 1) return true;
    }
    return false;
}

}  // namespace importers
