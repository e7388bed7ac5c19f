// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the three outputs of TFLM's MicroProfiler line by line, with anything in between:
//   Log               CONV_2D took 249561 ticks (9 ms).
//   LogCsv            "Event","Tag","Ticks" then 0,CONV_2D,249561; ports print other columns after
//                     the tag, such as neuralSPOT's "uSeconds","Est MACs","cycles"
//   LogTicksPerTagCsv "Unique Tag","Total ticks ..." then CONV_2D, 1817013 to "total number ..."
// Source: tensorflow/lite/micro/micro_profiler.cc.

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "importers/parts/session_builder.h"
#include "importers/parts/split_runs.h"

namespace importers {

class TflmProfileLines {
public:
    /// Takes one line; returns false where it is not the profiler's.
    bool take(std::string_view line);
    /// Adds layers, sections and sums per tag as measurements in ticks, and warnings.
    void finish(SessionBuilder& builder);
    /// Names of sections with blanks in them, where no operator was found: text of a console whose
    /// form is not understood. Empty otherwise. Call after finish().
    std::vector<std::string> unexplained() const;

private:
    /// A column of LogCsv behind the tag; one without a quantity may be kept as a note.
    struct Column {
        std::optional<types::Quantity> quantity;
        double factor = 1;
        std::string note;
    };
    struct Table {
        std::vector<ProfileEvent> rows;
        std::optional<int64_t> total;
    };

    bool takeLog(std::string_view line);
    bool startCsv(std::string_view line);
    bool takeCsv(std::string_view line);
    ProfileEvent eventOf(const std::vector<std::string_view>& cells) const;
    bool takeTable(std::string_view line);
    void endBlock();
    void addEvent(ProfileEvent event);
    void narrowRate(int64_t ticks, int64_t milliseconds);
    void finishRuns(SessionBuilder& builder);
    void finishTables(SessionBuilder& builder);

    std::vector<ProfileBlock> m_blocks;
    ProfileBlock m_block;
    std::map<std::string, ProfileBlock> m_sections;
    std::vector<Column> m_columns;
    std::vector<Table> m_tables;
    bool m_inTable = false, m_inCsv = false;
    int64_t m_nextIndex = 0;
    size_t m_lostRows = 0, m_layers = 0;
    double m_leastRate = 0, m_mostRate = 1e18;  ///< ticks per millisecond
};

}  // namespace importers
