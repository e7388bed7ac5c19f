// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Text tables for a terminal: columns as wide as their cells, numbers right-aligned.

#include <optional>
#include <string>
#include <vector>

#include "types/evaluation.h"
#include "types/number_text.h"

namespace app {

class TextTable {
public:
    static constexpr size_t kWidestCell = 40;
    static constexpr size_t kNoLimit = ~size_t{0};

    /// A column title that begins with '>' aligns to the right. Longer cells are cut.
    explicit TextTable(std::vector<std::string> titles, size_t widestCell = kWidestCell);
    void addRow(std::vector<std::string> cells);
    std::string text() const;

private:
    std::vector<std::string> m_titles;
    std::vector<bool> m_right;
    size_t m_widestCell;
    std::vector<std::vector<std::string>> m_rows;
};

using types::grouped;

/// "1.23 ms", below a millisecond "456 us"; "-" where unknown.
std::string timeText(const std::optional<types::Estimate>& us);
/// "1.23 mJ", below a millijoule "456 uJ"; "-" where unknown.
std::string energyText(const std::optional<types::Estimate>& uj);
/// "flash: fits, 1,234 of 2,048 bytes, 814 spare", "... 14 bytes too much" or "at least 1,234 ...,
/// whether it fits is not known"; further lines state what is unknown and the spread of code.
std::string budgetText(const std::string& name, const types::Budget& budget);
/// "arena 1,234 bytes", or why it is not known.
std::string arenaText(const types::Evaluation& evaluation);
/// "compressed 1,234 bytes, 567 zero weights" on its own line; empty where not requested.
std::string compressedText(const types::Totals& totals);

}  // namespace app
