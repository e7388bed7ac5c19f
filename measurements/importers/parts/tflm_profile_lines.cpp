// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/tflm_profile_lines.h"

#include <algorithm>
#include <cstdio>

#include "importers/parts/op_tags.h"
#include "importers/parts/quantity_units.h"
#include "importers/parts/text_scan.h"

namespace importers {
namespace {

using types::Quantity;

constexpr size_t kLongestTag = 200;

/// Sections that firmware times around the model ("tflite::GetModel", "KeywordRun(10)") are not
/// layers; the name of a custom operator is a single word.
bool isSection(std::string_view tag) {
    return tag.find_first_of(":( ") != std::string_view::npos;
}

std::string_view unquoted(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    return text;
}

/// Ticks decide which lines belong to one run, for which a rounded number is good enough.
int64_t wholeTicks(double value) {
    constexpr double kMost = 9e15;
    return static_cast<int64_t>(std::clamp(value, -kMost, kMost));
}

}  // namespace

bool TflmProfileLines::take(std::string_view line) {
    if (line.empty()) return false;
    if (takeLog(line) || takeCsv(line) || takeTable(line)) return true;
    m_inTable = false;
    endBlock();
    return false;
}

void TflmProfileLines::endBlock() {
    // Rows of the CSV are numbered, so noise between them does not end a block.
    if (m_inCsv) return;
    if (!m_block.empty()) m_blocks.push_back(std::move(m_block));
    m_block.clear();
}

void TflmProfileLines::addEvent(ProfileEvent event) {
    if (isSection(event.tag)) {
        endBlock();
        m_sections[event.tag].push_back(std::move(event));
    } else {
        m_block.push_back(std::move(event));
    }
}

bool TflmProfileLines::takeLog(std::string_view line) {
    const size_t took = line.find(" took ");
    if (took == std::string_view::npos || took == 0 || took > kLongestTag) return false;
    const auto ticks = between(line.substr(took), " took ", " ticks");
    const auto value = ticks ? integerOf(*ticks) : std::nullopt;
    if (!value) return false;
    if (const auto text = between(line.substr(took), " ticks (", " ms)"))
        if (const auto milliseconds = integerOf(*text)) narrowRate(*value, *milliseconds);
    m_inCsv = false;
    addEvent({std::string(trimmed(line.substr(0, took))),
              *value,
              {{Quantity::Ticks, static_cast<double>(*value)}},
              {}});
    return true;
}

void TflmProfileLines::narrowRate(int64_t ticks, int64_t milliseconds) {
    // TFLM prints floor(ticks / rate), so each line bounds the rate from both sides.
    if (milliseconds <= 0 || ticks <= 0 || milliseconds > ticks) return;
    m_leastRate =
        std::max(m_leastRate, static_cast<double>(ticks) / (static_cast<double>(milliseconds) + 1));
    m_mostRate =
        std::min(m_mostRate, static_cast<double>(ticks) / static_cast<double>(milliseconds));
}

bool TflmProfileLines::startCsv(std::string_view line) {
    const auto names = piecesOf(line, ',');
    if (names.size() < 3 || unquoted(names[0]) != "Event" || unquoted(names[1]) != "Tag")
        return false;
    std::vector<Column> columns;
    for (size_t i = 2; i < names.size(); ++i) {
        const auto unit = columnUnit(unquoted(names[i]));
        const bool isMacs = contains(lowerCase(names[i]), "macs");
        columns.push_back({unit ? std::optional(unit->quantity) : std::nullopt,
                           unit ? unit->factor : 1, isMacs ? "estimated_macs" : ""});
    }
    if (std::none_of(columns.begin(), columns.end(),
                     [](const Column& column) { return column.quantity.has_value(); }))
        return false;
    m_columns = std::move(columns);
    return true;
}

ProfileEvent TflmProfileLines::eventOf(const std::vector<std::string_view>& cells) const {
    ProfileEvent event;
    event.tag = completedTag(unquoted(cells[1]));
    for (size_t i = 0; i < m_columns.size(); ++i) {
        const auto cell = unquoted(cells[i + 2]);
        const auto value = m_columns[i].quantity ? numberOf(cell) : std::nullopt;
        if (value) event.values.push_back({*m_columns[i].quantity, *value * m_columns[i].factor});
        if (!m_columns[i].note.empty()) addNote(event.note, m_columns[i].note, std::string(cell));
    }
    if (!event.values.empty()) event.ticks = wholeTicks(event.values.front().second);
    return event;
}

bool TflmProfileLines::takeCsv(std::string_view line) {
    if (startCsv(line)) {
        m_inCsv = false;
        endBlock();
        m_inCsv = true;
        m_nextIndex = 0;
        return true;
    }
    if (!m_inCsv) return false;
    const auto cells = piecesOf(line, ',');
    if (cells.size() != m_columns.size() + 2 || cells[1].empty() || cells[1].size() > kLongestTag)
        return false;
    const auto index = integerOf(cells[0]);
    ProfileEvent event = eventOf(cells);
    if (!index || event.values.empty()) return false;
    if (*index == 0) {
        m_inCsv = false;
        endBlock();
        m_inCsv = true;
    } else if (*index != m_nextIndex) {
        ++m_lostRows;
    }
    m_nextIndex = *index < INT64_MAX ? *index + 1 : 0;
    addEvent(std::move(event));
    return true;
}

bool TflmProfileLines::takeTable(std::string_view line) {
    if (line.starts_with("\"Unique Tag\"")) {
        m_inCsv = false;
        endBlock();
        m_inTable = true;
        m_tables.emplace_back();
        return true;
    }
    const size_t comma = line.rfind(',');
    if (!m_inTable || comma == std::string_view::npos || comma > kLongestTag) return false;
    const auto ticks = integerOf(line.substr(comma + 1));
    if (!ticks) return false;
    const auto tag = unquoted(trimmed(line.substr(0, comma)));
    if (tag == "total number of ticks") {
        m_tables.back().total = *ticks;
        m_inTable = false;
    } else {
        m_tables.back().rows.push_back({std::string(tag), *ticks, {}, {}});
    }
    return true;
}

void TflmProfileLines::finishRuns(SessionBuilder& builder) {
    m_inCsv = false;
    endBlock();
    // Other text of the form "took N ticks", outside any operators, also counts as a section.
    std::vector<ProfileBlock> blocks;
    for (ProfileBlock& block : m_blocks) {
        const bool hasOps = std::any_of(block.begin(), block.end(),
                                        [](const auto& event) { return isOpTag(event.tag); });
        if (hasOps) {
            blocks.push_back(std::move(block));
            continue;
        }
        for (ProfileEvent& event : block)
            m_sections[event.tag].push_back(std::move(event));
    }
    const SplitRuns split = splitRuns(blocks);
    for (const ProfileBlock& run : split.runs)
        for (size_t i = 0; i < run.size(); ++i)
            for (const auto& [quantity, value] : run[i].values) {
                auto& measurement = builder.atLayer(static_cast<int32_t>(i), run[i].tag, quantity);
                if (measurement.samples.empty()) measurement.note = run[i].note;
                measurement.samples.push_back(value);
                ++m_layers;
            }
    if (split.leftOut > 0)
        builder.warn(std::to_string(split.leftOut) +
                     " layer lines belong to no complete run and are left out: the board "
                     "restarted or the log was cut there");
    if (m_lostRows > 0)
        builder.warn("rows of the profile are missing in " + std::to_string(m_lostRows) +
                     " places: slow the serial port down or print less between the rows");
}

void TflmProfileLines::finishTables(SessionBuilder& builder) {
    for (const Table& table : m_tables) {
        const bool ofOps = std::any_of(table.rows.begin(), table.rows.end(),
                                       [](const auto& row) { return isOpTag(row.tag); });
        const std::string prefix = ofOps ? "tag/" : "setup/";
        for (const ProfileEvent& row : table.rows)
            builder.add(prefix + row.tag, Quantity::Ticks, static_cast<double>(row.ticks));
        if (table.total)
            builder.add(prefix + "total", Quantity::Ticks, static_cast<double>(*table.total));
    }
}

void TflmProfileLines::finish(SessionBuilder& builder) {
    finishRuns(builder);
    for (const auto& [tag, events] : m_sections)
        for (const ProfileEvent& event : events)
            for (const auto& [quantity, value] : event.values)
                builder.add("section/" + tag, quantity, value);
    finishTables(builder);
    if (m_leastRate <= 0) return;
    char text[96];
    if (m_leastRate < m_mostRate)
        snprintf(text, sizeof text, "%.3f to %.3f MHz", m_leastRate / 1000, m_mostRate / 1000);
    else
        snprintf(text, sizeof text, "none: the printed milliseconds contradict each other");
    builder.note("tick rate implied by the printed ms", text);
}

std::vector<std::string> TflmProfileLines::unexplained() const {
    std::vector<std::string> names;
    if (m_layers > 0) return names;
    for (const auto& [tag, events] : m_sections)
        if (contains(tag, " ")) names.push_back(tag);
    return names;
}

}  // namespace importers
