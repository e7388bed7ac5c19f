// SPDX-License-Identifier: GPL-3.0-or-later
// The table of ExecuTorch's Inspector (print_data_tabular, save_data_to_tsv): one row per event of
// a run, with times in milliseconds. Its cells are separated by tabs, bars, lines of a box, or two
// blanks, whichever way it was printed. Source: devtools/inspector of pytorch/executorch.
//
// An operator is an event "native_call_convolution.out", or "DELEGATE_CALL" for a part that a
// backend runs; events inside a backend are parts of the operator that follows them.

#include <algorithm>

#include "importers/importer_list.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/session_builder.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;
using Cells = std::vector<std::string_view>;

constexpr std::string_view kOperator = "native_call_";
constexpr std::string_view kDelegate = "DELEGATE_CALL";
constexpr const char* kBoxLine = "\xE2\x94\x82";

bool isTitle(std::string_view line) {
    return contains(line, "event_block_name") && contains(line, "event_name");
}

/// Text that separates the cells of a table with this title.
std::string_view separatorOf(std::string_view title) {
    for (const std::string_view separator : {"\t", kBoxLine, "|", ","})
        if (contains(title, separator)) return separator;
    return "  ";
}

/// A separator in quotes or in a list ("['aten.add', 'aten.mul']") separates nothing.
Cells cellsOf(std::string_view line, std::string_view separator) {
    Cells cells;
    size_t begin = 0, lists = 0;
    bool isQuoted = false;
    const auto add = [&](size_t end) {
        auto cell = trimmed(line.substr(begin, end - begin));
        if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
            cell = cell.substr(1, cell.size() - 2);
        // Columns that are aligned with blanks have any number of them between.
        if (separator != "  " || !cell.empty()) cells.push_back(cell);
    };
    for (size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"') isQuoted = !isQuoted;
        if (line[at] == '[') ++lists;
        if (line[at] == ']' && lists > 0) --lists;
        if (isQuoted || lists > 0 || !line.substr(at).starts_with(separator)) continue;
        add(at);
        begin = at + separator.size();
        at = begin - 1;
    }
    add(line.size());
    return cells;
}

struct Columns {
    std::string_view separator;
    size_t count = 0;
    int name = -1, raw = -1, average = -1, delegated = -1;
    Quantity quantity = Quantity::LatencyUs;  ///< or cycles, where the Inspector was told so
    double factor = 1000;                     ///< to microseconds
    bool hasUnit = false;
};

Columns columnsOf(std::string_view title) {
    Columns columns;
    columns.separator = separatorOf(title);
    const Cells cells = cellsOf(title, columns.separator);
    columns.count = cells.size();
    for (size_t i = 0; i < cells.size(); ++i) {
        const auto place = static_cast<int>(i);
        if (cells[i] == "event_name") columns.name = place;
        if (cells[i] == "raw") columns.raw = place;
        if (cells[i] == "is_delegated_op") columns.delegated = place;
        if (cells[i] != "avg" && !cells[i].starts_with("avg (")) continue;
        columns.average = place;
        const auto unit = columnUnit(cells[i]);
        columns.hasUnit = unit.has_value();
        if (unit) {
            columns.quantity = unit->quantity;
            columns.factor = unit->factor;
        }
    }
    return columns;
}

/// "native_call_convolution.out" becomes "convolution".
std::string operatorName(std::string_view event) {
    event.remove_prefix(std::min(kOperator.size(), event.size()));
    return std::string(event.substr(0, event.find('.')));
}

class InspectorTable {
public:
    void take(std::string_view line) {
        if (isTitle(line)) {
            m_columns = columnsOf(line);
            return;
        }
        if (m_columns.name < 0) return;
        Cells cells = cellsOf(line, m_columns.separator);
        // A printed data frame numbers its rows in a column without a title.
        if (cells.size() == m_columns.count + 1 && integerOf(cells[0])) cells.erase(cells.begin());
        const auto samples = samplesOf(cells);
        const auto name = cellAt(cells, m_columns.name);
        if (!samples.empty() && !name.empty() && name.size() <= kLongestName)
            addEvent(name, lowerCase(cellAt(cells, m_columns.delegated)) == "true", samples);
    }

    types::Session finish() {
        if (m_isWithoutUnit)
            m_builder.warn("the table states no unit; its times are taken for milliseconds");
        m_builder.conditions().runtime = "ExecuTorch";
        return m_builder.take();
    }
    bool isEmpty() { return m_builder.session().measurements.empty(); }

private:
    static std::string_view cellAt(const Cells& cells, int place) {
        const auto index = static_cast<size_t>(place);
        return place >= 0 && index < cells.size() ? cells[index] : std::string_view();
    }

    /// All times of the event where the table holds them, else their average.
    std::vector<double> samplesOf(const Cells& cells) const {
        std::vector<double> samples;
        if (const auto list = between(cellAt(cells, m_columns.raw), "[", "]"))
            samples = numberList(*list).value_or(samples);
        const auto average = numberOf(cellAt(cells, m_columns.average));
        if (samples.empty() && average) samples = {*average};
        for (double& sample : samples)
            sample *= m_columns.factor;
        return samples;
    }

    void addEvent(std::string_view name, bool isDelegated, const std::vector<double>& samples) {
        m_isWithoutUnit = m_isWithoutUnit || !m_columns.hasUnit;
        const bool isOperator = name.starts_with(kOperator), isDelegate = name == kDelegate;
        if (name == "OPERATOR_CALL") return;  // encloses the operator's own event
        if (isDelegated && !isOperator && !isDelegate) {
            m_parts.push_back({std::string(name), samples});
            return;
        }
        if (!isOperator && !isDelegate) {
            const bool isWhole = name == "Method::execute";
            append(m_builder.at(isWhole ? types::kWhole : "section/" + std::string(name),
                                m_columns.quantity),
                   samples);
            return;
        }
        const std::string op = isDelegate ? "DELEGATE" : operatorName(name);
        append(m_builder.atLayer(m_layers, op, m_columns.quantity), samples);
        for (const auto& [part, times] : m_parts)
            append(m_builder.at(types::layerKey(m_layers, op) + '/' + part, m_columns.quantity),
                   times);
        m_parts.clear();
        ++m_layers;
    }

    static void append(types::Measurement& measurement, const std::vector<double>& samples) {
        measurement.samples.insert(measurement.samples.end(), samples.begin(), samples.end());
    }

    SessionBuilder m_builder{kExecutorchTable.name};
    Columns m_columns;
    std::vector<std::pair<std::string, std::vector<double>>> m_parts;
    int32_t m_layers = 0;
    bool m_isWithoutUnit = false;
};

bool matchesExecutorchTable(const LogFile& file) {
    if (!contains(file.bytes, "event_block_name")) return false;
    const auto lines = linesOf(file.bytes);
    return std::any_of(lines.begin(), lines.end(), isTitle);
}

types::Result<Sessions> readExecutorchTable(const LogInput& input, const ImportOptions&) {
    InspectorTable table;
    for (const auto line : linesOf(input.main().bytes))
        table.take(line);
    if (table.isEmpty())
        return types::fail("the table of ExecuTorch's Inspector holds no time", input.name,
                           "expected the columns event_block_name, event_name and avg");
    return Sessions{table.finish()};
}

}  // namespace

const Importer kExecutorchTable = {"executorch-inspector",
                                   "ExecuTorch Inspector: a table with the time of each operator",
                                   matchesExecutorchTable, readExecutorchTable};

}  // namespace importers
