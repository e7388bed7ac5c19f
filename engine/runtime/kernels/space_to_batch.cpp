// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/space_to_batch.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

void fillPixel(const SpaceToBatchParams& p, uint8_t* pixel) {
    for (int32_t at = 0; at < p.pixelBytes; at += p.elementBytes)
        __builtin_memcpy(pixel + at, p.value, static_cast<size_t>(p.elementBytes));
}

// Writes one batch of the output: the pixels of input batch `batch` at (blockY, blockX) in their
// block.
uint8_t* dealBatch(const SpaceToBatchParams& p, const uint8_t* input, int32_t batch, int32_t blockY,
                   int32_t blockX, uint8_t* output) {
    const size_t bytes = static_cast<size_t>(p.pixelBytes);
    for (int32_t row = 0; row < p.outHeight; ++row) {
        const int32_t y = row * p.blockHeight + blockY - p.padTop;
        for (int32_t column = 0; column < p.outWidth; ++column, output += bytes) {
            const int32_t x = column * p.blockWidth + blockX - p.padLeft;
            const bool inside = y >= 0 && y < p.height && x >= 0 && x < p.width;
            const size_t pixel =
                (static_cast<size_t>(batch) * p.height + static_cast<size_t>(inside ? y : 0)) *
                    p.width +
                static_cast<size_t>(inside ? x : 0);
            if (inside)
                __builtin_memcpy(output, input + pixel * bytes, bytes);
            else
                fillPixel(p, output);
        }
    }
    return output;
}

}  // namespace

Status spaceToBatch(const Call& call) {
    const auto& p = call.params<SpaceToBatchParams>();
    uint8_t* output = call.output<uint8_t>();
    for (int32_t blockY = 0; blockY < p.blockHeight; ++blockY)
        for (int32_t blockX = 0; blockX < p.blockWidth; ++blockX)
            for (int32_t batch = 0; batch < p.batches; ++batch)
                output = dealBatch(p, call.input<uint8_t>(0), batch, blockY, blockX, output);
    return Status::Ok;
}

}  // namespace runtime
