// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Width: how many channels of a group stay at a given share. The count is the nearest multiple of
// the variation's channel multiple (halves go up), at least one multiple and never more than there
// are; a group that is smaller than one multiple stays as it is.

#include "transform/channels/channel_groups.h"

namespace transform {

/// Number of the group's units that stay at a share of channels, [0, 1].
int32_t keptUnits(const ChannelGroup& group, double share, int32_t channelMultiple);

}  // namespace transform
