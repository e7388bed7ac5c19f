// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Crew: threads that are kept between steps. run() gives every worker its share of the tasks; which
// tasks a worker gets depends on the number of workers only.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace learning {

class Crew {
public:
    /// `workers` includes the caller of run().
    explicit Crew(size_t workers);
    ~Crew();

    size_t workers() const { return m_threads.size() + 1; }
    /// Calls task(index, worker) for every index below `count`; returns when all are done. Worker w
    /// takes the indices w, w + workers, ... in order.
    void run(size_t count, const std::function<void(size_t index, size_t worker)>& task);

private:
    void work(size_t worker);
    void share(size_t worker) const;

    std::mutex m_mutex;
    std::condition_variable m_start, m_done;
    const std::function<void(size_t, size_t)>* m_task = nullptr;
    size_t m_count = 0, m_busy = 0, m_round = 0;
    bool m_ends = false;
    std::vector<std::thread> m_threads;
};

}  // namespace learning
