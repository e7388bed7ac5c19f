// SPDX-License-Identifier: GPL-3.0-or-later
#include "stop_on_signal.h"

#include <csignal>
#include <ctime>

namespace app {
namespace {

sigset_t stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

}  // namespace

StopOnSignal::StopOnSignal() {
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_watch = std::jthread([this](const std::stop_token& ends) {
        const sigset_t watched = stopSignals();
        constexpr timespec kPause = {0, 100'000'000};
        while (!ends.stop_requested()) {
            if (sigtimedwait(&watched, nullptr, &kPause) < 0) continue;
            if (m_stop.stop_requested()) std::_Exit(1);
            m_stop.request_stop();
        }
    });
}

StopOnSignal::~StopOnSignal() {
    m_watch.request_stop();
    m_watch.join();
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

}  // namespace app
