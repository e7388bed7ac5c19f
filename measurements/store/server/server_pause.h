// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to store: pauses between attempts to reach a server, from 50 ms doubling to 5 s, until
// the patience ends. Each is shortened by chance by up to half, so that workers which lost their
// server together do not return together.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <stop_token>

namespace store {

class ServerPause {
public:
    ServerPause(double patienceSeconds, std::stop_token stop)
        : m_begin(Clock::now()), m_patience(patienceSeconds), m_stop(std::move(stop)) {}

    bool isFirst() const { return m_pause == kFirst; }

    /// Waits. Returns false where the patience has ended; a stop request shortens it to kLastWords.
    bool wait() {
        const double patience =
            m_stop.stop_requested() ? std::min(m_patience, kLastWords) : m_patience;
        if (std::chrono::duration<double>(Clock::now() - m_begin).count() > patience) return false;
        std::uniform_real_distribution<double> share(0.5, 1.0);
        const auto pause = std::chrono::duration<double>(m_pause * share(m_random));
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any ring;
        if (m_stop.stop_requested())  // the token would end the wait at once
            ring.wait_for(lock, pause);
        else
            ring.wait_for(lock, m_stop, pause, [] { return false; });
        m_pause = std::min(2 * m_pause, kLongest);
        return true;
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr double kFirst = 0.05, kLongest = 5, kLastWords = 3;

    Clock::time_point m_begin;
    double m_patience, m_pause = kFirst;
    std::stop_token m_stop;
    std::minstd_rand m_random{std::random_device{}()};
};

}  // namespace store
