// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/compressed_size.h"

#include <zlib.h>

#include <vector>

namespace footprint {

int64_t compressedSize(std::span<const uint8_t> bytes) {
    const auto length = static_cast<uLong>(bytes.size());
    std::vector<uint8_t> packed(compressBound(length));
    uLongf size = packed.size();
    // With a buffer of compressBound() it can only fail for lack of memory.
    compress2(packed.data(), &size, bytes.data(), length, Z_BEST_COMPRESSION);
    return static_cast<int64_t>(size);
}

}  // namespace footprint
