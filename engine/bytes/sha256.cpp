// SPDX-License-Identifier: GPL-3.0-or-later
#include "bytes/sha256.h"

#include <nettle/sha2.h>

#include <array>

namespace bytes {

std::string sha256(std::span<const uint8_t> bytes) {
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.size(), bytes.data());
    std::array<uint8_t, SHA256_DIGEST_SIZE> digest;
    sha256_digest(&context, digest.size(), digest.data());
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const uint8_t byte : digest)
        for (const int nibble : {byte >> 4, byte & 15})
            hex += "0123456789abcdef"[nibble];
    return hex;
}

}  // namespace bytes
