// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the output of TFLM's recording allocator line by line: the parts of the arena and the bytes
// of each kind of allocation. It has two forms: "[RecordingMicroAllocator] ..." and the tables of
// the generic benchmark. Keys use TFLM's words: "arena/Total", "allocation/Eval tensor data".
// Source: tensorflow/lite/micro/recording_micro_allocator.cc and tools/benchmarking.

#include <string_view>

#include "importers/parts/session_builder.h"

namespace importers {

class TflmAllocationLines {
public:
    /// Takes one line; returns false where it is not the allocator's.
    bool take(std::string_view line, SessionBuilder& builder);

private:
    enum class Table { None, Arena, Allocations };
    bool takeTableRow(std::string_view line, SessionBuilder& builder);
    Table m_table = Table::None;
};

}  // namespace importers
