// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SideBlock: allocates pieces of a side block in order. Without memory it only counts, so that one
// function both measures and fills a block.

#include <stddef.h>
#include <stdint.h>

#include "runtime/host/fast_kernels.h"

namespace runtime {

class SideBlock {
public:
    explicit SideBlock(uint8_t* base) : m_base(base) {}

    bool writing() const { return m_base != nullptr; }
    size_t bytes() const { return m_bytes; }

    /// Returns the aligned offset of `count` new elements.
    template <typename T>
    size_t take(size_t count) {
        const size_t at = m_bytes;
        m_bytes += (count * sizeof(T) + kSideAlignment - 1) / kSideAlignment * kSideAlignment;
        return at;
    }
    /// Returns null while only counting.
    template <typename T>
    T* at(size_t offset) const {
        return m_base == nullptr ? nullptr : reinterpret_cast<T*>(m_base + offset);
    }

private:
    uint8_t* m_base;
    size_t m_bytes = 0;
};

/// Returns a piece of a packed side block.
template <typename T>
const T* sideAt(const uint8_t* side, size_t offset) {
    return reinterpret_cast<const T*>(side + offset);
}

}  // namespace runtime
