// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/feed_rows.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {

Status feedRows(const Call& call) {
    const Feeder* feeder = call.memory().feeder;
    if (feeder == nullptr) return Status::BadData;
    const uint32_t input = call.params<FeedParams>().input;
    const bool isFed = feeder->next(*feeder, input, call.output<uint8_t>(), call.outputBytes());
    return isFed ? Status::Ok : Status::Stopped;
}

}  // namespace runtime
