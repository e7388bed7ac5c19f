// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/agent/frame.h"

#include "runtime/checksum.h"

namespace firmware {

namespace {

constexpr uint32_t kHead = sizeof(MessageHead), kSum = sizeof(uint32_t);
constexpr uint32_t kLongestBlock = 254;

/// Head and body lie one after the other, so a message is one run of bytes.
uint8_t* bytesOf(Frame& frame) {
    static_assert(__builtin_offsetof(Frame, body) == kHead);
    return reinterpret_cast<uint8_t*>(&frame);
}

}  // namespace

void FrameReader::begin() {
    m_count = m_block = 0;
    m_zeroDue = m_tooLong = false;
}

void FrameReader::put(uint8_t byte) {
    if (m_count == kHead + kMaxBody + kSum)
        m_tooLong = true;
    else
        bytesOf(m_frame)[m_count++] = byte;
}

bool FrameReader::finish() {
    const bool whole = m_count >= kHead + kSum && m_block == 0 && !m_tooLong;
    const bool isEmpty = m_count == 0 && !m_zeroDue;
    bool good = false;
    if (whole) {
        m_frame.bodyBytes = m_count - kHead - kSum;
        uint32_t sum;
        __builtin_memcpy(&sum, bytesOf(m_frame) + kHead + m_frame.bodyBytes, kSum);
        good = sum == runtime::checksum(bytesOf(m_frame), kHead + m_frame.bodyBytes);
    }
    if (!good && !isEmpty) ++m_damaged;
    begin();
    return good;
}

bool FrameReader::take(uint8_t byte) {
    if (byte == 0) return finish();
    if (m_block > 0) {
        put(byte);
        --m_block;
        return false;
    }
    if (m_zeroDue) put(0);
    m_block = byte - 1u;
    m_zeroDue = m_block < kLongestBlock;
    return false;
}

void sendFrame(Frame& frame, void (*send)(void* context, uint8_t byte), void* context) {
    uint8_t* bytes = bytesOf(frame);
    const uint32_t sum = runtime::checksum(bytes, kHead + frame.bodyBytes);
    __builtin_memcpy(bytes + kHead + frame.bodyBytes, &sum, kSum);
    const uint32_t count = kHead + frame.bodyBytes + kSum;
    send(context, 0);
    for (uint32_t at = 0; at <= count;) {
        uint32_t run = 0;
        while (run < kLongestBlock && at + run < count && bytes[at + run] != 0)
            ++run;
        send(context, static_cast<uint8_t>(run + 1));
        for (uint32_t i = 0; i < run; ++i)
            send(context, bytes[at + i]);
        // A zero, or the end, is implied by a block that is not a longest one.
        at += run < kLongestBlock ? run + 1 : run;
    }
    send(context, 0);
}

}  // namespace firmware
