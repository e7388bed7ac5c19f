// SPDX-License-Identifier: GPL-3.0-or-later
#include "text_table.h"

#include <algorithm>
#include <cstdio>

namespace app {
namespace {

std::string shortened(const std::string& cell, size_t widest) {
    if (cell.size() <= widest) return cell;
    return cell.substr(0, widest - 3) + "...";
}

std::string scaled(double value, const char* small, const char* large) {
    char text[32];
    const bool isLarge = value >= 1000.0;
    std::snprintf(text, sizeof text, "%.4g %s", isLarge ? value / 1000.0 : value,
                  isLarge ? large : small);
    return text;
}

}  // namespace

TextTable::TextTable(std::vector<std::string> titles, size_t widestCell)
    : m_widestCell(widestCell) {
    for (std::string& title : titles) {
        m_right.push_back(title.starts_with('>'));
        m_titles.push_back(m_right.back() ? title.substr(1) : title);
    }
}

void TextTable::addRow(std::vector<std::string> cells) {
    for (std::string& cell : cells)
        cell = shortened(cell, m_widestCell);
    m_rows.push_back(std::move(cells));
}

std::string TextTable::text() const {
    std::vector<size_t> widths;
    for (size_t c = 0; c < m_titles.size(); ++c) {
        widths.push_back(m_titles[c].size());
        for (const auto& row : m_rows)
            widths[c] = std::max(widths[c], row[c].size());
    }
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string result;
        for (size_t c = 0; c < cells.size(); ++c) {
            const std::string space(widths[c] - cells[c].size(), ' ');
            result += (c ? "  " : "") + (m_right[c] ? space + cells[c] : cells[c] + space);
        }
        result.erase(result.find_last_not_of(' ') + 1);
        return result + "\n";
    };
    std::string result = line(m_titles);
    for (const auto& row : m_rows)
        result += line(row);
    return result;
}

std::string timeText(const std::optional<types::Estimate>& us) {
    return us ? scaled(us->value, "us", "ms") : "-";
}

std::string energyText(const std::optional<types::Estimate>& uj) {
    return uj ? scaled(uj->value, "uJ", "mJ") : "-";
}

namespace {

/// Regions that can hold the arena, for a device with several regions of memory.
std::string regionText(const types::Budget& budget) {
    if (budget.region.empty()) return {};
    const std::string arena = grouped(budget.blockBytes) + " bytes";
    const std::string region = budget.region + " (" + grouped(budget.regionBytes) + " bytes)";
    if (budget.holdsBlock()) return "; the arena of " + arena + " lies in " + region;
    return "; no region holds the arena of " + arena + " in one block, the largest is " + region;
}

/// The need with the code of published builds, under the line of the need with what the profile
/// reserves.
std::string publishedText(const types::Budget& budget) {
    if (!budget.published) return {};
    const types::PublishedCode& code = *budget.published;
    const int64_t most = budget.mostBytes();
    const bool isOnlyThen = budget.fits() && most > budget.limitBytes;
    return "\n  of it " + grouped(budget.reservedBytes) +
           " reserved for code; published builds have " + grouped(code.leastBytes) + " to " +
           grouped(code.mostBytes) + ", " + grouped(most - code.mostBytes + code.leastBytes) +
           " to " + grouped(most) + " in all" + (isOnlyThen ? ", with which it would not fit" : "");
}

}  // namespace

std::string budgetText(const std::string& name, const types::Budget& budget) {
    const int64_t spare = budget.spareBytes();
    const bool isKnown = budget.isKnown();
    std::string text = name +
                       (budget.exceeds() ? ": does not fit, "
                        : isKnown        ? ": fits, "
                                         : ": ") +
                       (isKnown ? "" : "at least ") + grouped(budget.usedBytes) + " of " +
                       grouped(budget.limitBytes) + " bytes";
    if (budget.exceeds()) {
        text += (isKnown ? ", " : ", at least ") + grouped(-spare) + " bytes too much";
    } else if (isKnown) {
        text += ", " + grouped(spare) + " spare";
    } else {
        text += ", whether it fits is not known";
    }
    text += regionText(budget) + publishedText(budget);
    return isKnown ? text : text + "\n  not known: " + budget.unknownReason;
}

std::string arenaText(const types::Evaluation& e) {
    if (const auto bytes = e.plannedBytes()) return "arena " + grouped(*bytes) + " bytes";
    return "arena not known (" + e.tflmHost64.unknownReason + ")";
}

std::string compressedText(const types::Totals& totals) {
    if (!totals.compressedBytes) return {};
    return "compressed (deflate) " + grouped(*totals.compressedBytes) + " bytes, " +
           grouped(totals.zeroWeights) + " zero weights\n";
}

}  // namespace app
