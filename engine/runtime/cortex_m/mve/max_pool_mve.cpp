// SPDX-License-Identifier: GPL-3.0-or-later
// MAX_POOL_2D on MVE: a vector of channels at a time.
#include "runtime/cortex_m/max_pool.h"

#include "runtime/cortex_m/mve/lanes.h"
#include "runtime/cortex_m/replacements.h"

namespace runtime {

Status cortexMaxPoolInt8(const Call& call) {
    return maxPool<ByteLanes, int8_t>(call);
}
Status cortexMaxPoolInt16(const Call& call) {
    return maxPool<HalfwordLanes, int16_t>(call);
}

}  // namespace runtime
