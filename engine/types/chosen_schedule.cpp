// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/chosen_schedule.h"

#include <algorithm>

namespace types {

int64_t bytesInUse(const MemoryPlan& plan, int32_t time) {
    std::vector<std::pair<int64_t, int64_t>> ranges;
    for (const PlannedBuffer& buffer : plan.buffers)
        if (buffer.aliveAt(time)) ranges.emplace_back(buffer.offset, buffer.offset + buffer.size);
    std::sort(ranges.begin(), ranges.end());
    int64_t bytes = 0, end = 0;
    for (const auto& [from, to] : ranges) {
        bytes += std::max<int64_t>(0, to - std::max(from, end));
        end = std::max(end, to);
    }
    return bytes;
}

MemoryPlan memoryPlanOf(const BandPlan& bands) {
    constexpr int64_t kAlignment = 16;
    MemoryPlan plan;
    plan.arenaBytes = bands.arenaBytes;
    plan.order = bands.order;
    for (const BandBuffer& buffer : bands.buffers)
        plan.buffers.push_back({buffer.tensor,
                                (buffer.bytes + kAlignment - 1) / kAlignment * kAlignment,
                                buffer.bytes, buffer.offset, buffer.first, buffer.last, -1});
    for (int32_t at = 0; at < static_cast<int32_t>(plan.order.size()); ++at)
        if (const int64_t bytes = bytesInUse(plan, at); bytes > plan.lowerBoundBytes) {
            plan.lowerBoundBytes = bytes;
            plan.peakOp = at;
        }
    return plan;
}

}  // namespace types
