// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/progress_steps.h"

#include <algorithm>

namespace types {

ProgressSteps::ProgressSteps(const Work& work, size_t total, const char* step)
    : m_work(work), m_total(std::max<size_t>(total, 1)), m_step(step) {}

void ProgressSteps::step() {
    constexpr auto kInterval = std::chrono::milliseconds(50);
    const size_t done = ++m_done;
    if (!m_work.progress) return;
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock || (done < m_total && Clock::now() - m_reported < kInterval)) return;
    m_reported = Clock::now();
    m_work.report(std::min(1.0, static_cast<double>(done) / static_cast<double>(m_total)), m_step);
}

}  // namespace types
