// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Unaligned words: the cores load and store them at any address.

#include <stdint.h>

namespace runtime {

struct [[gnu::packed, gnu::may_alias]] LooseWord {
    uint32_t value;
};

template <typename T>
inline uint32_t looseWord(const T* values) {
    return reinterpret_cast<const LooseWord*>(values)->value;
}

}  // namespace runtime
