// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Frames: messages on a line that loses and changes bytes. A frame is its message and the CRC-32 of
// it, stuffed so that no byte is zero, between two zeros. So a reader finds the next frame after
// whatever was lost, and a printed log never looks like one. Source of the stuffing: S. Cheshire,
// M. Baker, "Consistent Overhead Byte Stuffing", IEEE/ACM Trans. Networking 7(2), 1999.
//
// Thread rules: one reader or writer belongs to one thread at a time.

#include "firmware/agent/wire.h"

namespace firmware {

/// A message in memory, as long as the longest one.
struct Frame {
    MessageHead head;
    uint8_t body[kMaxBody + 4] = {};  ///< room for the checksum behind
    uint32_t bodyBytes = 0;

    /// Sets the body to one struct.
    template <typename T>
    void set(const T& value) {
        static_assert(sizeof(T) <= kMaxBody);
        __builtin_memcpy(body, &value, sizeof value);
        bodyBytes = sizeof value;
    }
    /// Appends bytes; there must be room.
    void append(const void* bytes, uint32_t count) {
        __builtin_memcpy(body + bodyBytes, bytes, count);
        bodyBytes += count;
    }
    /// Reads a struct from the begin of the body; false where it is shorter.
    template <typename T>
    bool get(T& value) const {
        if (bodyBytes < sizeof value) return false;
        __builtin_memcpy(&value, body, sizeof value);
        return true;
    }
};

/// Finds frames in a stream of bytes.
class FrameReader {
public:
    /// True where `byte` ends a good frame; it is valid until the next byte.
    bool take(uint8_t byte);
    const Frame& frame() const { return m_frame; }
    /// Frames that ended with a wrong checksum or were too long or short.
    uint32_t damaged() const { return m_damaged; }

private:
    bool finish();
    void put(uint8_t byte);
    void begin();

    Frame m_frame;
    uint32_t m_count = 0;    ///< decoded bytes
    uint32_t m_block = 0;    ///< bytes left of this block
    bool m_zeroDue = false;  ///< a zero follows this block, unless the frame ends
    bool m_tooLong = false;
    uint32_t m_damaged = 0;
};

/// Calls `send(context, byte)` for every byte of the frame. Writes the checksum behind the body.
void sendFrame(Frame& frame, void (*send)(void* context, uint8_t byte), void* context);

}  // namespace firmware
