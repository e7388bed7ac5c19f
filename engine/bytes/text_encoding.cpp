// SPDX-License-Identifier: GPL-3.0-or-later
#include "bytes/text_encoding.h"

#include <algorithm>
#include <cstdint>

namespace bytes {
namespace {

enum class Encoding : int8_t { Bytes, LittleEndian, BigEndian };

/// Places of zeros among the first characters: those of ASCII texts are all even or all odd.
Encoding encodingOf(const std::string& text) {
    constexpr size_t kSurveyed = 64, kFewest = 4;
    const bool isWider = text.size() >= 4 && text[2] == '\0' && text[3] == '\0';
    // Noise on a serial line can look like a mark, but spaces and line ends of UTF-16 hold zeros.
    const bool isMarked = text.size() == 2 || text.find('\0') != std::string::npos;
    if (text.starts_with("\xFF\xFE") && !isWider && isMarked) return Encoding::LittleEndian;
    if (text.starts_with("\xFE\xFF") && isMarked) return Encoding::BigEndian;
    const size_t end = std::min(text.size(), kSurveyed);
    if (end < 2 * kFewest || text.size() % 2 != 0) return Encoding::Bytes;
    size_t even = 0, odd = 0;
    for (size_t i = 0; i < end; ++i)
        if (text[i] == '\0') ++(i % 2 == 0 ? even : odd);
    if (even == 0 && odd == end / 2) return Encoding::LittleEndian;
    return odd == 0 && even == end / 2 ? Encoding::BigEndian : Encoding::Bytes;
}

void append(std::string& text, uint32_t point) {
    const auto put = [&](uint32_t byte) { text += static_cast<char>(byte); };
    const auto rest = [&](uint32_t shift) { put(0x80 | (point >> shift & 0x3F)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        rest(0);
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        rest(6);
        rest(0);
    } else {
        put(0xF0 | point >> 18);
        rest(12);
        rest(6);
        rest(0);
    }
}

std::string decoded(const std::string& text, size_t low) {
    constexpr uint32_t kReplacement = 0xFFFD, kMark = 0xFEFF;
    const auto unit = [&](size_t at) -> uint32_t {
        return static_cast<uint8_t>(text[at + low]) |
               static_cast<uint32_t>(static_cast<uint8_t>(text[at + 1 - low])) << 8;
    };
    std::string result;
    result.reserve(text.size() / 2);
    for (size_t at = 0; at + 1 < text.size(); at += 2) {
        uint32_t point = unit(at);
        const bool isHigh = point >= 0xD800 && point < 0xDC00;
        const uint32_t second = isHigh && at + 3 < text.size() ? unit(at + 2) : 0;
        if (second >= 0xDC00 && second < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
            at += 2;
        } else if (point >= 0xD800 && point < 0xE000) {
            point = kReplacement;
        }
        if (at > 0 || point != kMark) append(result, point);
    }
    return result;
}

}  // namespace

std::string asUtf8(std::string text) {
    const Encoding encoding = encodingOf(text);
    if (encoding != Encoding::Bytes) return decoded(text, encoding == Encoding::BigEndian ? 1 : 0);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return text;
}

}  // namespace bytes
