// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CALL_ONCE, IF and WHILE run blocks of the Program (program.h) in a region of the arena that is
// their scratch. Arguments are copied to the block's inputs and its outputs back, as TFLM does.
// Operands: CALL_ONCE: a byte of state, 0 before the first run. IF: condition (bool), arguments;
// results. WHILE: arguments; as many results, which hold the loop's variables between rounds.

#include "runtime/program.h"

namespace runtime {

struct ControlFlowParams {
    uint32_t first = 0;   ///< block: what runs once, "then", a loop's condition
    uint32_t second = 0;  ///< block: "else", a loop's body
};

/// Rounds of all loops after which a run ends with EndlessLoop.
constexpr uint32_t kMaxRounds = 1'000'000;

/// READ_VARIABLE and ASSIGN_VARIABLE: a copy. Operands: value (ASSIGN_VARIABLE), the variable's
/// state; output (READ_VARIABLE).
struct VariableParams {
    uint32_t bytes = 0;
};

}  // namespace runtime
