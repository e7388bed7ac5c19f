// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibration/observe.h"

#include <algorithm>
#include <cmath>
#include <mutex>

namespace calibration {
namespace {

void widen(Observed& seen, std::span<const float> values) {
    for (float value : values) {
        if (!std::isfinite(value)) continue;
        seen.low = std::min(seen.low, value);
        seen.high = std::max(seen.high, value);
    }
}

/// The range starts at the first finite value; without one it is [0, 0].
Observed rangeOf(std::span<const float> values) {
    const auto first = std::ranges::find_if(values, [](float v) { return std::isfinite(v); });
    const float start = first == values.end() ? 0 : *first;
    Observed seen{start, start, {}};
    widen(seen, values);
    return seen;
}

/// One pass over the samples; `merge` adds the values of one tensor to its observation.
template <typename Look, typename Merge>
types::Result<void> pass(const types::Graph& graph, const std::vector<int32_t>& tensors,
                         const std::vector<RealSample>& samples, const types::Work& work, Look look,
                         Merge merge) {
    std::mutex mutex;
    const auto visit = [&](size_t, size_t i, std::span<const float> values) {
        auto seen = look(i, values);
        const std::lock_guard lock(mutex);
        merge(i, std::move(seen));
    };
    return runSamples(graph, tensors, samples, visit, work);
}

}  // namespace

types::Result<Observations> observe(const types::Graph& graph, const std::vector<int32_t>& tensors,
                                    const std::vector<RealSample>& samples, bool histograms,
                                    const types::Work& work) {
    std::vector<Observed> seen(tensors.size());
    std::vector<bool> started(tensors.size(), false);
    auto ranged = pass(
        graph, tensors, samples, work,
        [](size_t, std::span<const float> values) { return rangeOf(values); },
        [&](size_t i, const Observed& one) {
            seen[i].low = started[i] ? std::min(seen[i].low, one.low) : one.low;
            seen[i].high = started[i] ? std::max(seen[i].high, one.high) : one.high;
            started[i] = true;
        });
    if (!ranged) return tl::unexpected(ranged.error());
    if (histograms) {
        for (Observed& one : seen)
            if (one.low < one.high) one.histogram = Histogram(one.low, one.high);
        const auto count = [&](size_t i, std::span<const float> values) {
            if (seen[i].histogram.empty()) return Histogram();
            Histogram histogram(seen[i].low, seen[i].high);
            histogram.add(values);
            return histogram;
        };
        auto counted =
            pass(graph, tensors, samples, work, count, [&](size_t i, const Histogram& one) {
                if (!one.empty()) seen[i].histogram.add(one);
            });
        if (!counted) return tl::unexpected(counted.error());
    }
    Observations result;
    for (size_t i = 0; i < tensors.size(); ++i)
        result[tensors[i]] = std::move(seen[i]);
    return result;
}

}  // namespace calibration
