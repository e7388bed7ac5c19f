// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/host_session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <vector>

#include "lowering/seeded_input.h"
#include "runners/host_conditions.h"
#include "runners/host_runner.h"
#include "runners/yardstick.h"

namespace runners {
namespace {

using namespace types;
using HostClock = std::chrono::steady_clock;

constexpr int kDefaultRepeats = 100;
constexpr int kBursts = 20;
constexpr int kWarmUps = 3;
constexpr auto kBurstPeriod = std::chrono::milliseconds(100);

/// Moves allocations to other addresses: allocates blocks of random size and holds them.
class RandomPlace {
public:
    explicit RandomPlace(std::random_device& random) {
        constexpr size_t kLine = 64, kMaxLines = 4096;
        for (auto& block : m_blocks)
            block.reserve(kLine * (1 + random() % kMaxLines));
    }

private:
    std::array<std::vector<char>, 3> m_blocks;
};

/// Collects the samples of a session.
class HostSamples {
public:
    explicit HostSamples(const RunRequest& request)
        : m_request(request),
          m_random(*request.graph, request.inputSeed),
          m_layers(request.graph->ops.size()) {}

    /// One burst: prepares the model again, at another place in memory.
    Result<void> burst(int repeats, std::stop_token stop) {
        const RandomPlace place(m_places);
        auto execution = lowering::Execution::create(*m_request.graph, m_request.kernels);
        if (!execution) return tl::unexpected(execution.error());
        for (int i = -kWarmUps; i < repeats && !stop.stop_requested(); ++i)
            if (const auto ran = inference(*execution, i >= 0); !ran) return ran;
        return {};
    }

    std::vector<Measurement> measurements() && {
        std::vector<Measurement> all;
        all.push_back(measurement(kWhole, std::move(m_whole)));
        for (size_t op = 0; op < m_layers.size(); ++op) {
            const auto index = static_cast<int32_t>(op);
            const std::string name = m_request.graph->ops[op].name();
            all.push_back(measurement(layerKey(index, name), std::move(m_layers[op])));
            all.back().layer = index;
            all.back().op = name;
        }
        all.push_back(measurement(kYardstick, std::move(m_yardstick)));
        all.back().note = "fixed work beside the model: how fast the machine was";
        return all;
    }

private:
    static Measurement measurement(std::string key, std::vector<double> samples) {
        Measurement m;
        m.key = std::move(key);
        m.samples = std::move(samples);
        return m;
    }

    /// Times the whole, then each layer, on fresh inputs; `keep` is false while warming up.
    Result<void> inference(lowering::Execution& execution, bool keep) {
        if (const auto ready = runToLastHop(execution); !ready) return ready;
        const auto begin = HostClock::now();
        if (const auto ran = execution.invoke(); !ran) return ran;
        const double whole =
            std::chrono::duration<double, std::micro>(HostClock::now() - begin).count();
        if (const auto ready = runToLastHop(execution); !ready) return ready;
        const auto layers = runOnHost(execution, m_layers.size(), 1);
        if (!layers) return tl::unexpected(layers.error());
        if (!keep) return {};
        m_whole.push_back(whole);
        for (size_t op = 0; op < m_layers.size(); ++op)
            m_layers[op].push_back(layers->layerUs[op].front());
        m_yardstick.push_back(timeYardstick());
        return {};
    }

    /// Fills the inputs of the next run that gives an output; shorter runs before it are not timed.
    Result<void> runToLastHop(lowering::Execution& execution) {
        for (size_t hop = 1; hop < execution.hopsPerOutput(); ++hop) {
            fillInputs(execution);
            if (const auto ran = execution.invoke(); !ran) return ran;
        }
        fillInputs(execution);
        return {};
    }

    void fillInputs(lowering::Execution& execution) {
        for (size_t i = 0; i < execution.inputCount(); ++i)
            m_random.fill(i, execution.input(i));
    }

    const RunRequest& m_request;
    lowering::SeededInputs m_random;
    std::random_device m_places;
    std::vector<double> m_whole, m_yardstick;
    std::vector<std::vector<double>> m_layers;
};

/// Waits until the given time or a stop request.
void sleepUntil(HostClock::time_point then, std::stop_token stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_until(lock, stop, then, [] { return false; });
}

}  // namespace

Result<Session> measureOnHost(const std::string&, const RunRequest& request,
                              const types::Work& work) {
    const int repeats = request.repeats.value_or(kDefaultRepeats);
    const int bursts = std::min(kBursts, repeats);
    HostSamples samples(request);
    for (int burst = 0; burst < bursts; ++burst) {
        work.report(static_cast<double>(burst) / bursts, "measuring");
        const auto begin = HostClock::now();
        const int count = repeats * (burst + 1) / bursts - repeats * burst / bursts;
        if (const auto ran = samples.burst(count, work.stop); !ran)
            return tl::unexpected(ran.error());
        if (burst + 1 < bursts) sleepUntil(begin + kBurstPeriod, work.stop);
        if (work.isStopped()) return cancelled();
    }
    Session session;
    session.format = "host";
    session.conditions = hostConditions(request);
    session.measurements = std::move(samples).measurements();
    return session;
}

}  // namespace runners
