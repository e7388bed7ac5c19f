// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sweep/item_crew.h"

#include <algorithm>
#include <chrono>
#include <new>

#include "search/sweep/swept_metric.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace search {

using namespace types;

CrewResult evaluateItem(const SweepSubject& subject, const sweep::Claim& claim,
                        const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    CrewResult result;
    result.claim = claim;
    try {
        const auto variation =
            transform::parseVariation(claim.variation, "item " + std::to_string(claim.item));
        const auto evaluation = variation
                                    ? engine::evaluate(subject.graph, *variation, subject.device,
                                                       subject.options, Work{stop, {}, 1})
                                    : tl::unexpected(variation.error());
        if (evaluation) {
            result.document = documentOf(answerOf(**evaluation));
            if (variation->train.isSet()) result.model = tflite::writeBytes(*(*evaluation)->graph);
        } else if (!evaluation.error().isCancelled()) {
            result.error = evaluation.error().message();
        }
    } catch (const std::bad_alloc&) {
        // Another machine may have more memory.
        result.error = "memory is exhausted: item " + std::to_string(claim.item) +
                       ": use fewer threads or another machine";
        result.isFinal = false;
    }
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return result;
}

ItemCrew::ItemCrew(const SweepSubject& subject, int threads) : m_subject(subject) {
    for (int i = 0; i < std::max(threads, 1); ++i)
        m_threads.emplace_back([this] { work(); });
}

ItemCrew::~ItemCrew() {
    m_stop.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        m_ends = true;
    }
    m_wake.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void ItemCrew::add(std::vector<sweep::Claim> claims) {
    {
        const std::scoped_lock lock(m_mutex);
        for (sweep::Claim& claim : claims)
            m_waiting.push_back(std::move(claim));
    }
    m_wake.notify_all();
}

std::vector<CrewResult> ItemCrew::takeFinished(std::chrono::milliseconds most) {
    std::unique_lock lock(m_mutex);
    m_done.wait_for(lock, most, [&] { return !m_finished.empty(); });
    return std::exchange(m_finished, {});
}

std::vector<sweep::Claim> ItemCrew::takeWaiting() {
    const std::scoped_lock lock(m_mutex);
    std::vector<sweep::Claim> claims(m_waiting.begin(), m_waiting.end());
    m_waiting.clear();
    return claims;
}

size_t ItemCrew::waitingCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_waiting.size();
}

size_t ItemCrew::unfinishedCount() const {
    const std::scoped_lock lock(m_mutex);
    return m_waiting.size() + m_running.size();
}

std::vector<sweep::Claim> ItemCrew::unfinished() const {
    const std::scoped_lock lock(m_mutex);
    std::vector<sweep::Claim> claims(m_waiting.begin(), m_waiting.end());
    claims.insert(claims.end(), m_running.begin(), m_running.end());
    return claims;
}

void ItemCrew::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_ends || !m_waiting.empty(); });
        if (m_ends) return;
        const sweep::Claim claim = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running.push_back(claim);
        lock.unlock();
        CrewResult result = evaluateItem(m_subject, claim, m_stop.get_token());
        lock.lock();
        std::erase_if(m_running,
                      [&](const sweep::Claim& running) { return running.item == claim.item; });
        m_finished.push_back(std::move(result));
        m_done.notify_one();
    }
}

}  // namespace search
