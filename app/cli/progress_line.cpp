// SPDX-License-Identifier: GPL-3.0-or-later
#include "progress_line.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <string>

#include "types/number_text.h"

namespace app {
namespace {

constexpr int kCells = 24;
constexpr auto kPause = std::chrono::milliseconds(50);

}  // namespace

ProgressLine::ProgressLine() : m_isTerminal(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    // Back to the first column, and clear to the end of the line.
    if (m_shown) std::fputs("\r\x1b[K", stderr);
}

types::Work ProgressLine::work() {
    return {{}, [this](double share, const char* step) { show(share, step); }};
}

void ProgressLine::show(double share, const char* step) {
    const auto now = std::chrono::steady_clock::now();
    if (!m_isTerminal || now - m_last < kPause) return;
    m_last = now;
    m_shown = true;
    // Unlike std::clamp, these turn NaN into a number.
    share = std::fmin(std::fmax(share, 0.0), 1.0);
    const auto full = static_cast<size_t>(share * kCells + 0.5);
    const std::string bar = std::string(full, '#') + std::string(kCells - full, '.');
    std::fprintf(stderr, "\r\x1b[K[%s] %s %s", bar.c_str(),
                 types::percentText(100 * share, "%3.0f").c_str(), step);
    std::fflush(stderr);
}

}  // namespace app
