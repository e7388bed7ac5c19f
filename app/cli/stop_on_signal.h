// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// StopOnSignal: SIGTERM (the end of a job's time, a preemption) and SIGINT stop long work instead
// of ending the program. Construct it before threads begin, since they inherit that the signals are
// blocked; a second signal ends the program.

#include <stop_token>
#include <thread>

namespace app {

class StopOnSignal {
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_watch;
};

}  // namespace app
