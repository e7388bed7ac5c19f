// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/batch.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "types/progress_steps.h"

namespace lowering {
namespace {

class Batch {
public:
    Batch(const Execution& model, size_t count, const BatchHooks& hooks, const types::Work& work)
        : m_count(count),
          m_hooks(hooks),
          m_work(work),
          m_progress(work, count * model.opCount(), "running samples") {}

    void runSamples(Execution execution) {
        for (;;) {
            const size_t sample = m_next.fetch_add(1);
            if (sample >= m_count || m_failed.load() || m_work.isStopped()) return;
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
        if (m_work.isStopped()) return types::cancelled();
        return {};
    }

private:
    types::Result<void> runSample(size_t sample, Execution& execution) {
        execution.resetState();
        const auto fill = [&](Execution& e) { return m_hooks.fill(sample, e); };
        // Operators of large models take seconds, so each one counts and may be the last.
        const auto afterOp = [this](size_t) { m_progress.step(); };
        const Execution::Observer observer =
            m_work.progress ? Execution::Observer(afterOp) : Execution::Observer();
        if (auto ran = execution.invokeHops(fill, observer, m_work.stop); !ran) return ran;
        m_hooks.collect(sample, execution);
        return {};
    }

    const size_t m_count;
    const BatchHooks& m_hooks;
    const types::Work& m_work;
    std::atomic<size_t> m_next{0};
    std::atomic<bool> m_failed{false};
    types::ProgressSteps m_progress;
    std::mutex m_mutex;  ///< guards m_error
    std::optional<types::Error> m_error;
};

}  // namespace

types::Result<void> runBatch(const Execution& model, size_t count, const BatchHooks& hooks,
                             const types::Work& work) {
    Batch batch(model, count, hooks, work);
    {
        std::vector<std::jthread> workers;
        const auto threads =
            std::min<size_t>(static_cast<size_t>(std::max(work.threads, 1)), count);
        // The calling thread is one of the workers.
        for (size_t i = 1; i < threads; ++i)
            workers.emplace_back(
                [&batch, own = model.sibling()]() mutable { batch.runSamples(std::move(own)); });
        batch.runSamples(model.sibling());
    }
    return batch.result();
}

}  // namespace lowering
