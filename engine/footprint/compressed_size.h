// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Size of a compressed model, as in an update over the air or a packed image. The device's flash
// still holds the dense file.

#include <cstdint>
#include <span>

namespace footprint {

/// Bytes after zlib's deflate at level 9, including its 6 bytes of framing.
int64_t compressedSize(std::span<const uint8_t> bytes);

}  // namespace footprint
