// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OriginalActivations: what recovery wants later layers to give: activations of the original model
// on samples, as bytes. Variations of one model on the same samples read the same ones.

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "transform/recovery/segment_runs.h"

namespace transform {

/// More are not kept; each variation then runs the original for itself.
inline constexpr int64_t kMostActivationBytes = int64_t{256} << 20;

class OriginalActivations {
public:
    /// Runs the original on samples that have not run yet (`runs`), and keeps what units of any
    /// variation may have as their target: outputs of linear layers and sums. Keeps none where they
    /// need too much memory.
    static types::Result<std::shared_ptr<const OriginalActivations>> create(
        const types::Graph& original, const SegmentRuns& runs, const types::Work& work);

    /// True where all of these activations are kept.
    bool hold(const std::vector<int32_t>& tensors) const;
    /// Requires that the activation is kept.
    std::span<const uint8_t> of(int32_t tensor, size_t sample) const;

private:
    struct Kept {
        size_t bytesEach = 0;
        std::vector<uint8_t> bytes;  ///< one sample after the other
    };
    std::map<int32_t, Kept> m_kept;  ///< by tensor
};

using OriginalActivationsPtr = std::shared_ptr<const OriginalActivations>;

}  // namespace transform
