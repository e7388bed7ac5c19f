// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/width.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace transform {

int32_t keptUnits(const ChannelGroup& group, double share, int32_t channelMultiple) {
    const auto all = static_cast<int32_t>(group.units.size());
    // With several channels per unit: the step in units whose channels are a multiple.
    const int32_t step = channelMultiple / std::gcd(channelMultiple, group.channelsPerUnit);
    if (all < step) return all;
    const auto steps = static_cast<int32_t>(std::lround(all * share / step));
    return std::min(all, std::max(1, steps) * step);
}

}  // namespace transform
