// SPDX-License-Identifier: GPL-3.0-or-later
// The four functions that compilers require of every freestanding program. Copies words, four at a
// time, where both sides are equally aligned.
#include <stddef.h>
#include <stdint.h>

namespace {

constexpr size_t kWord = sizeof(uint32_t);

/// Words that may alias any declared type.
using Word = uint32_t __attribute__((may_alias));

struct FourWords {
    uint32_t words[4];
} __attribute__((may_alias));

/// Unaligned words: the cores load and store them at any address.
struct LooseWord {
    uint32_t value;
} __attribute__((packed, may_alias));

bool aligned(const void* a, const void* b) {
    return ((reinterpret_cast<uintptr_t>(a) | reinterpret_cast<uintptr_t>(b)) % kWord) == 0;
}

}  // namespace

extern "C" {

void* memcpy(void* to, const void* from, size_t count) {
    auto* out = static_cast<uint8_t*>(to);
    auto* in = static_cast<const uint8_t*>(from);
    if (aligned(out, in)) {
        for (; count >= sizeof(FourWords);
             count -= sizeof(FourWords), in += sizeof(FourWords), out += sizeof(FourWords))
            *reinterpret_cast<FourWords*>(out) = *reinterpret_cast<const FourWords*>(in);
        for (; count >= kWord; count -= kWord, in += kWord, out += kWord)
            *reinterpret_cast<Word*>(out) = *reinterpret_cast<const Word*>(in);
    }
    while (count-- > 0)
        *out++ = *in++;
    return to;
}

void* memmove(void* to, const void* from, size_t count) {
    auto* out = static_cast<uint8_t*>(to);
    auto* in = static_cast<const uint8_t*>(from);
    if (out <= in || out >= in + count) {
        // Each word is read before it is written, so a target at a lower address is safe.
        for (; count >= kWord; count -= kWord, in += kWord, out += kWord)
            reinterpret_cast<LooseWord*>(out)->value =
                reinterpret_cast<const LooseWord*>(in)->value;
        while (count-- > 0)
            *out++ = *in++;
    } else {
        while (count-- > 0)
            out[count] = in[count];
    }
    return to;
}

void* memset(void* to, int value, size_t count) {
    auto* out = static_cast<uint8_t*>(to);
    const uint32_t word = static_cast<uint8_t>(value) * 0x01010101u;
    for (; count > 0 && !aligned(out, nullptr); --count)
        *out++ = static_cast<uint8_t>(value);
    for (; count >= kWord; count -= kWord, out += kWord)
        *reinterpret_cast<Word*>(out) = word;
    while (count-- > 0)
        *out++ = static_cast<uint8_t>(value);
    return to;
}

int memcmp(const void* a, const void* b, size_t count) {
    auto* left = static_cast<const uint8_t*>(a);
    auto* right = static_cast<const uint8_t*>(b);
    for (size_t i = 0; i < count; ++i)
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    return 0;
}
}
