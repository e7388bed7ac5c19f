// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ProgressSteps: the progress of many small steps that several threads take, such as the operators
// of a model on its samples. Reports to a Work at most every 50 ms, because most steps are shorter.
//
// Thread rules: step() may be called by many threads at once. The Work must outlive it.

#include <atomic>
#include <chrono>
#include <mutex>

#include "types/work.h"

namespace types {

class ProgressSteps {
public:
    /// `step`: the text to report; must outlive this.
    ProgressSteps(const Work& work, size_t total, const char* step);

    /// One more step is done.
    void step();

private:
    using Clock = std::chrono::steady_clock;

    const Work& m_work;
    const size_t m_total;
    const char* m_step;
    std::atomic<size_t> m_done{0};
    std::mutex m_mutex;  ///< guards m_reported and the report
    Clock::time_point m_reported = Clock::now();
};

}  // namespace types
