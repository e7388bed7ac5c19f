// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/crew.h"

namespace learning {

Crew::Crew(size_t workers) {
    for (size_t worker = 1; worker < workers; ++worker)
        m_threads.emplace_back([this, worker] { work(worker); });
}

Crew::~Crew() {
    {
        const std::lock_guard lock(m_mutex);
        m_ends = true;
    }
    m_start.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void Crew::run(size_t count, const std::function<void(size_t, size_t)>& task) {
    {
        const std::lock_guard lock(m_mutex);
        m_task = &task;
        m_count = count;
        m_busy = m_threads.size();
        ++m_round;
    }
    m_start.notify_all();
    share(0);
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return m_busy == 0; });
}

void Crew::work(size_t worker) {
    for (size_t round = 1;; ++round) {
        {
            std::unique_lock lock(m_mutex);
            m_start.wait(lock, [&] { return m_ends || m_round >= round; });
            if (m_ends) return;
        }
        share(worker);
        const std::lock_guard lock(m_mutex);
        if (--m_busy == 0) m_done.notify_one();
    }
}

void Crew::share(size_t worker) const {
    for (size_t index = worker; index < m_count; index += workers())
        (*m_task)(index, worker);
}

}  // namespace learning
