// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The next rows of a model input, from Memory::feeder. Operands: none; output: the rows.

#include <stdint.h>

namespace runtime {

struct FeedParams {
    uint32_t input = 0;  ///< index among the model's inputs
};

}  // namespace runtime
