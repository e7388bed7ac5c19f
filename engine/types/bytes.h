// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Bytes: an immutable, shared run of bytes. Copying a Bytes copies a pointer, so a varied Graph
// shares all unchanged weights with the original. A Bytes may be a window into a larger one (a
// weight inside the file that was read).
//
// Thread rules: immutable, so any number of threads may read it. Alignment is not guaranteed.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace types {

class Bytes {
public:
    Bytes() = default;

    explicit Bytes(std::vector<uint8_t> data) {
        auto owner = std::make_shared<const std::vector<uint8_t>>(std::move(data));
        m_view = *owner;
        m_owner = std::move(owner);
    }

    /// Returns a window of `length` bytes from `offset` that shares ownership. The window must lie
    /// inside.
    Bytes window(size_t offset, size_t length) const {
        Bytes result;
        result.m_owner = m_owner;
        result.m_view = m_view.subspan(offset, length);
        return result;
    }

    std::span<const uint8_t> view() const { return m_view; }
    const uint8_t* data() const { return m_view.data(); }
    size_t size() const { return m_view.size(); }
    bool empty() const { return m_view.empty(); }

private:
    std::shared_ptr<const void> m_owner;
    std::span<const uint8_t> m_view;
};

}  // namespace types
