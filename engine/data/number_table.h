// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rows of numbers in a text: cells separated by commas, semicolons or tabs, quoted or not, with
// decimal points or commas, in UTF-8 or UTF-16.

#include <cstdint>
#include <string>
#include <vector>

#include "types/result.h"

namespace data {

struct NumberRow {
    int32_t line = 0;
    std::vector<float> values;  ///< 0 where the cell is no number
    std::string word;           ///< the only cell that is no number; empty: there is none
    size_t wordAt = 0;
};

struct NumberTable {
    std::vector<std::string> header;             ///< in lower case; empty: the text has none
    std::vector<types::Result<NumberRow>> rows;  ///< for a bad row its Error
};

/// Reads a text; `where`: name in messages. A row with several words, or of another width than the
/// first, is bad. A first line without numbers is the header.
NumberTable numberTable(std::string text, const std::string& where);

}  // namespace data
