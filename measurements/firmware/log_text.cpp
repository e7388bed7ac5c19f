// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/log_text.h"

#include "firmware/semihosting.h"

namespace firmware {

// A line longer than the buffer is sent in pieces.
void LogLine::put(char c) {
    if (m_length == kRoom) {
        m_text[m_length] = '\0';
        write(m_text);
        m_length = 0;
    }
    m_text[m_length++] = c;
}

LogLine& LogLine::text(const char* words) {
    while (*words != '\0')
        put(*words++);
    return *this;
}

LogLine& LogLine::number(uint32_t value) {
    char digits[10];
    int count = 0;
    do {
        digits[count++] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count > 0)
        put(digits[--count]);
    return *this;
}

LogLine& LogLine::hex(uint32_t value) {
    for (int shift = 28; shift >= 0; shift -= 4)
        put("0123456789abcdef"[value >> shift & 15]);
    return *this;
}

void LogLine::send() {
    m_text[m_length] = '\n';
    m_text[m_length + 1] = '\0';
    write(m_text);
    m_length = 0;
}

}  // namespace firmware
