// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Width: number of channels that stay in a group at a given share: the nearest multiple of the
// variation's channel multiple (halves round up), at least one multiple and at most all channels. A
// group smaller than one multiple stays unchanged.

#include "transform/channels/channel_groups.h"

namespace transform {

/// Returns the number of units to keep at a share of channels, [0, 1].
int32_t keptUnits(const ChannelGroup& group, double share, int32_t channelMultiple);

}  // namespace transform
