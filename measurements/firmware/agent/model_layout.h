// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the agent lays out its RAM for a Program: the Program itself (unless it is in flash), arena,
// state, rows of results. Both ends of the line compute it.

#include "firmware/agent/wire.h"
#include "runtime/program.h"

namespace firmware {

/// Offsets from the begin of the RAM, in bytes; 64 bits, because the Program is not trusted.
struct ModelLayout {
    uint64_t arena = 0, state = 0, rows = 0, end = 0;
};

/// Rows of the results of one invoke, at most: one for each output of each step.
inline uint32_t rowsOf(const runtime::Program& program) {
    uint32_t rows = 0;
    for (uint32_t i = 0; i < program.stepCount(); ++i) {
        const uint32_t outputs = program.step(i).outputs;
        rows += outputs > 0 ? outputs : 1;
    }
    return rows;
}

inline ModelLayout layoutOf(const runtime::Program& program, Store store) {
    const auto rounded = [](uint64_t bytes) {
        return (bytes + runtime::kAlignment - 1) / runtime::kAlignment * runtime::kAlignment;
    };
    ModelLayout layout;
    layout.arena = store == Store::Flash ? 0 : rounded(program.bytes);
    layout.state = layout.arena + rounded(program.arenaBytes);
    layout.rows = layout.state + rounded(program.stateBytes);
    layout.end = layout.rows + uint64_t{rowsOf(program)} * sizeof(Row);
    return layout;
}

}  // namespace firmware
