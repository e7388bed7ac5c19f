// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProgressLine: progress of long work on one line of stderr, rewritten in place; silent where
// stderr is no terminal. The line is cleared when the work is done. Thread rules: one thread at a
// time.

#include <chrono>

#include "types/work.h"

namespace app {

class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Returns a Work that reports here. The line must outlive it.
    types::Work work();
    /// `share`: 0 to 1; drawn at most every 50 ms.
    void show(double share, const char* step);

private:
    bool m_isTerminal;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_last{};
};

}  // namespace app
