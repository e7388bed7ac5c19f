// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/original_activations.h"

#include <algorithm>

#include "calibration/linear_layer.h"

namespace transform {

using types::Graph;
using types::Result;

namespace {

bool isTarget(const Graph& graph, size_t op) {
    return calibration::LinearLayer::is(graph, op) || graph.ops[op].kind == types::OpKind::ADD;
}

}  // namespace

Result<OriginalActivationsPtr> OriginalActivations::create(const Graph& original,
                                                           const SegmentRuns& runs,
                                                           const types::Work& work) {
    auto made = std::make_shared<OriginalActivations>();
    std::vector<int32_t> tensors;
    size_t until = 0;
    int64_t needed = 0;
    for (size_t op = 0; op < original.ops.size(); ++op) {
        if (!isTarget(original, op)) continue;
        tensors.push_back(original.ops[op].output(0));
        until = op + 1;
        needed += original.tensor(tensors.back()).bytes() * static_cast<int64_t>(runs.samples());
    }
    if (needed > kMostActivationBytes) return OriginalActivationsPtr(std::move(made));
    for (int32_t tensor : tensors) {
        const auto each = static_cast<size_t>(original.tensor(tensor).bytes());
        made->m_kept[tensor] = {each, std::vector<uint8_t>(each * runs.samples())};
    }
    const auto keep = [&](size_t sample, size_t i, std::span<const uint8_t> bytes) {
        Kept& kept = made->m_kept.at(tensors[i]);
        std::ranges::copy(bytes.first(kept.bytesEach),
                          kept.bytes.begin() + static_cast<ptrdiff_t>(sample * kept.bytesEach));
    };
    if (auto ran = runs.visit(original, until, tensors, keep, work); !ran)
        return tl::unexpected(ran.error());
    return OriginalActivationsPtr(std::move(made));
}

bool OriginalActivations::hold(const std::vector<int32_t>& tensors) const {
    return std::ranges::all_of(tensors, [&](int32_t tensor) { return m_kept.contains(tensor); });
}

std::span<const uint8_t> OriginalActivations::of(int32_t tensor, size_t sample) const {
    const Kept& kept = m_kept.at(tensor);
    return std::span(kept.bytes).subspan(sample * kept.bytesEach, kept.bytesEach);
}

}  // namespace transform
