// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SPACE_TO_BATCH_ND over height and width: pads, then distributes neighbouring pixels over batches.
// Operands: input (NHWC); output.

#include <stdint.h>

namespace runtime {

struct SpaceToBatchParams {
    int32_t batches = 0, height = 0, width = 0;  ///< of the input
    int32_t outHeight = 0, outWidth = 0;
    int32_t blockHeight = 1, blockWidth = 1;
    int32_t padTop = 0, padLeft = 0;
    int32_t pixelBytes = 0;  ///< bytes of all channels at one position
    int32_t elementBytes = 1;
    uint8_t value[8] = {};  ///< value of the padding
};

}  // namespace runtime
