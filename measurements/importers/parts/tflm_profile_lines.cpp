// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parts/tflm_profile_lines.h"

#include <algorithm>
#include <cstdio>

#include "importers/parts/op_tags.h"
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
        m_sections[event.tag].push_back(static_cast<double>(event.ticks));
        endBlock();
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
    addEvent({std::string(trimmed(line.substr(0, took))), *value});
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

bool TflmProfileLines::takeCsv(std::string_view line) {
    if (line.starts_with("\"Event\",\"Tag\",\"Ticks\"")) {
        m_inCsv = false;
        endBlock();
        m_inCsv = true;
        m_nextIndex = 0;
        return true;
    }
    if (!m_inCsv) return false;
    const auto cells = piecesOf(line, ',');
    if (cells.size() != 3 || cells[1].empty() || cells[1].size() > kLongestTag) return false;
    const auto index = integerOf(cells[0]), ticks = integerOf(cells[2]);
    if (!index || !ticks) return false;
    if (*index == 0) {
        m_inCsv = false;
        endBlock();
        m_inCsv = true;
    } else if (*index != m_nextIndex) {
        ++m_lostRows;
    }
    m_nextIndex = *index < INT64_MAX ? *index + 1 : 0;
    addEvent({std::string(unquoted(cells[1])), *ticks});
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
        m_tables.back().rows.push_back({std::string(tag), *ticks});
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
        for (const ProfileEvent& event : block)
            m_sections[event.tag].push_back(static_cast<double>(event.ticks));
    }
    const SplitRuns split = splitRuns(blocks);
    for (const ProfileBlock& run : split.runs)
        for (size_t i = 0; i < run.size(); ++i)
            builder.atLayer(static_cast<int32_t>(i), run[i].tag, Quantity::Ticks)
                .samples.push_back(static_cast<double>(run[i].ticks));
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
    for (const auto& [tag, ticks] : m_sections)
        for (const double sample : ticks)
            builder.add("section/" + tag, Quantity::Ticks, sample);
    finishTables(builder);
    if (m_leastRate <= 0) return;
    char text[96];
    if (m_leastRate < m_mostRate)
        snprintf(text, sizeof text, "%.3f to %.3f MHz", m_leastRate / 1000, m_mostRate / 1000);
    else
        snprintf(text, sizeof text, "none: the printed milliseconds contradict each other");
    builder.note("tick rate implied by the printed ms", text);
}

}  // namespace importers
