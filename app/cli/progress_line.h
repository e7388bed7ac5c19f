// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProgressLine: how far long work is, on one line of stderr that is written again and again; silent
// where stderr is no terminal. It is gone when the work is done, so that results stand alone.
// Thread rules: one thread at a time.

#include <chrono>

#include "types/work.h"

namespace app {

class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Work that shows its progress here. The line must outlive it.
    types::Work work();
    /// `share` from 0 to 1; shown at most every 50 ms.
    void show(double share, const char* step);

private:
    bool m_isTerminal;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_last{};
};

}  // namespace app
