// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds the log's lines without a C library. Numbers are decimal, checksums eight hex digits.

#include <stddef.h>
#include <stdint.h>

namespace firmware {

class LogLine {
public:
    LogLine& text(const char* words);
    LogLine& number(uint32_t value);
    LogLine& hex(uint32_t value);
    /// Sends the line and begins an empty one.
    void send();

private:
    static constexpr size_t kRoom = 96;

    void put(char c);

    char m_text[kRoom + 2];
    size_t m_length = 0;
};

}  // namespace firmware
