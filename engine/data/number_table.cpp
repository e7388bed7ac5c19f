// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/number_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "bytes/text_encoding.h"

namespace data {
namespace {

using namespace types;
using TextCells = std::vector<std::string>;

std::string_view withoutBlanks(std::string_view text) {
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// `cells` keeps its strings between lines.
void splitLine(std::string_view line, char separator, TextCells& cells) {
    size_t count = 0;
    const auto next = [&]() -> std::string& {
        if (count == cells.size()) cells.emplace_back();
        cells[count].clear();
        return cells[count++];
    };
    std::string* cell = &next();
    bool isQuoted = false;
    for (const char c : line) {
        if (c == '"')
            isQuoted = !isQuoted;
        else if (c == separator && !isQuoted)
            cell = &next();
        else
            *cell += c;
    }
    cells.resize(count);
}

std::optional<float> numberIn(std::string& cell) {
    std::string_view text = withoutBlanks(cell);
    if (const size_t comma = text.find(','); comma != std::string_view::npos) {
        cell[static_cast<size_t>(text.data() - cell.data()) + comma] = '.';
    }
    if (text.starts_with('+')) text.remove_prefix(1);
    float value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

char separatorOf(std::string_view line) {
    for (const char separator : {';', '\t'})
        if (line.find(separator) != std::string_view::npos) return separator;
    return ',';
}

bool isHeading(const TextCells& cells) {
    return std::none_of(cells.begin(), cells.end(),
                        [](std::string cell) { return numberIn(cell).has_value(); });
}

TextCells headerOf(const TextCells& cells) {
    TextCells header;
    for (const std::string& cell : cells) {
        header.emplace_back(withoutBlanks(cell));
        for (char& c : header.back())
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return header;
}

Result<NumberRow> rowOf(TextCells& cells, int32_t line, const std::string& where) {
    NumberRow row;
    row.line = line;
    row.values.reserve(cells.size());
    for (size_t i = 0; i < cells.size(); ++i) {
        const auto value = numberIn(cells[i]);
        row.values.push_back(value.value_or(0));
        if (value) continue;
        const std::string word(withoutBlanks(cells[i]));
        if (!row.word.empty() || word.empty())
            return fail("'" + word.substr(0, 40) + "' is not a number",
                        where + ":" + std::to_string(line), "correct or remove the row");
        row.word = word;
        row.wordAt = i;
    }
    return row;
}

}  // namespace

NumberTable numberTable(std::string text, const std::string& where) {
    text = bytes::asUtf8(std::move(text));
    NumberTable table;
    TextCells cells;
    size_t width = 0;
    char separator = 0;
    int32_t number = 0;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const auto line = withoutBlanks(std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
        ++number;
        if (line.empty()) continue;
        const bool isFirst = separator == 0;
        if (isFirst) separator = separatorOf(line);
        splitLine(line, separator, cells);
        if (isFirst && isHeading(cells)) {
            table.header = headerOf(cells);
            continue;
        }
        auto row = rowOf(cells, number, where);
        if (row && width == 0) width = row->values.size();
        if (row && (row->values.size() != width || width < 2))
            row = fail("has " + std::to_string(row->values.size()) + " columns where " +
                           std::to_string(std::max<size_t>(width, 2)) + " are expected",
                       where + ":" + std::to_string(number), "give features and a label last");
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace data
