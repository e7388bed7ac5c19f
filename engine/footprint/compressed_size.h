// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a model would take where files are kept compressed (an update over the air, a packed image).
// The device's flash holds the dense file all the same.

#include <cstdint>
#include <span>

namespace footprint {

/// Bytes after zlib's deflate at level 9, with its 6 bytes of frame.
int64_t compressedSize(std::span<const uint8_t> bytes);

}  // namespace footprint
