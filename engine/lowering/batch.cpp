// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/batch.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace lowering {
namespace {

class Batch {
public:
    Batch(size_t count, const BatchHooks& hooks, std::stop_token stop)
        : m_count(count), m_hooks(hooks), m_stop(std::move(stop)) {}

    void work(Execution execution) {
        for (;;) {
            const size_t sample = m_next.fetch_add(1);
            if (sample >= m_count || m_failed.load() || m_stop.stop_requested()) return;
            if (auto ran = runSample(sample, execution); !ran) {
                const std::lock_guard lock(m_mutex);
                if (!m_error) m_error = ran.error();
                m_failed = true;
                return;
            }
        }
    }

    types::Result<void> result() const {
        if (m_error) return tl::unexpected(*m_error);
        return {};
    }

private:
    types::Result<void> runSample(size_t sample, Execution& execution) {
        execution.resetState();
        if (auto filled = m_hooks.fill(sample, execution); !filled) return filled;
        if (auto ran = execution.invoke(); !ran) return ran;
        m_hooks.collect(sample, execution);
        if (m_hooks.progress) {
            const std::lock_guard lock(m_mutex);
            m_hooks.progress(++m_done);
        }
        return {};
    }

    const size_t m_count;
    const BatchHooks& m_hooks;
    const std::stop_token m_stop;
    std::atomic<size_t> m_next{0};
    std::atomic<bool> m_failed{false};
    std::mutex m_mutex;  ///< guards m_done and m_error
    size_t m_done = 0;
    std::optional<types::Error> m_error;
};

}  // namespace

types::Result<void> runBatch(const Execution& model, size_t count, int threads,
                             const BatchHooks& hooks, std::stop_token stop) {
    Batch batch(count, hooks, std::move(stop));
    {
        std::vector<std::jthread> workers;
        const auto helpers = std::min<size_t>(static_cast<size_t>(std::max(threads, 1)), count);
        // The calling thread is one of the workers.
        for (size_t i = 1; i < helpers; ++i)
            workers.emplace_back(
                [&batch, own = model.sibling()]() mutable { batch.work(std::move(own)); });
        batch.work(model.sibling());
    }
    return batch.result();
}

}  // namespace lowering
