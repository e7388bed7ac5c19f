// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What TFLM's recording allocator prints, line by line: the arena's parts and what each kind of
// allocation used. Two forms: "[RecordingMicroAllocator] ..." and the tables of the generic
// benchmark. Keys keep TFLM's words: "arena/Total", "allocation/Eval tensor data".
// Source: tensorflow/lite/micro/recording_micro_allocator.cc and tools/benchmarking.

#include <string_view>

#include "importers/parts/session_builder.h"

namespace importers {

class TflmAllocationLines {
public:
    /// Takes one line; false where it is none of the allocator's.
    bool take(std::string_view line, SessionBuilder& builder);

private:
    enum class Table { None, Arena, Allocations };
    bool takeTableRow(std::string_view line, SessionBuilder& builder);
    Table m_table = Table::None;
};

}  // namespace importers
