// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SegmentRuns: samples that wait inside a model. Recovery changes layers in order of execution, so
// every sample keeps the activations that later operators read, and no operator runs again because
// a later layer is looked at. Models with control flow or resource variables start over each time.
//
// Memory: the bytes of these activations, per sample.

#include <functional>
#include <span>
#include <vector>

#include "calibration/real_inputs.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/work.h"

namespace transform {

class SegmentRuns {
public:
    /// Bytes of the i-th requested tensor for one sample; called on worker threads, concurrently
    /// for different samples.
    using VisitBytes = std::function<void(size_t sample, size_t i, std::span<const uint8_t> bytes)>;

    /// The samples wait before the first operator of `graph`.
    SegmentRuns(const types::Graph& graph, const std::vector<calibration::RealSample>& samples,
                int threads);

    size_t samples() const { return m_bytes.size(); }

    /// Runs the samples from where they wait to before operator `to` and visits `tensors`, which
    /// are written before it. `graph` may have other constants than before, and operators behind
    /// the place of waiting may have changed; samples that have not run yet may run in any model
    /// with the same inputs.
    types::Result<void> visit(const types::Graph& graph, size_t to,
                              const std::vector<int32_t>& tensors, const VisitBytes& visit,
                              const types::Work& work) const;

    /// Lets the samples wait before operator `to`.
    types::Result<void> advance(const types::Graph& graph, size_t to, const types::Work& work);

private:
    using Bytes = std::vector<uint8_t>;
    size_t m_place = 0;  ///< operator before which the samples wait
    bool m_startsOver = false;
    std::vector<int32_t> m_live;              ///< activations that are kept
    std::vector<std::vector<Bytes>> m_bytes;  ///< per sample: contents of m_live
};

}  // namespace transform
