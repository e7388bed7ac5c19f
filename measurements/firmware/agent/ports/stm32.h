// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What STM32 families share: pins and serial lines. Sources: ST reference manuals RM0090 (F405),
// RM0390 (F446), RM0385 (F746), RM0433 (H743), RM0432 (L4R5), chapters GPIO, USART, LPUART.

#include "firmware/agent/ports/registers.h"

namespace firmware {

struct Pin {
    uint32_t port;  ///< address of the GPIO
    uint32_t number;
};

enum class PinMode : uint32_t { Output = 1, Alternate = 2 };

/// Very fast, push-pull; inputs of alternate functions are pulled up.
inline void setPin(Pin pin, PinMode mode, uint32_t function = 0) {
    const uint32_t two = 3u << 2 * pin.number, at = 2 * pin.number;
    setField(pin.port + 0x20 + 4 * (pin.number / 8), 0xfu << 4 * (pin.number % 8),
             function << 4 * (pin.number % 8));
    setField(pin.port + 0x08, two, 2u << at);
    setField(pin.port + 0x0c, two, mode == PinMode::Alternate ? 1u << at : 0);
    setField(pin.port + 0x00, two, static_cast<uint32_t>(mode) << at);
}

inline void togglePin(Pin pin) {
    const bool isHigh = reg(pin.port + 0x14) >> pin.number & 1;
    reg(pin.port + 0x18) = 1u << (isHigh ? pin.number + 16 : pin.number);
}

constexpr uint32_t kOverrun = 1u << 3, kReceived = 1u << 5, kSent = 1u << 6, kCanSend = 1u << 7;

/// The USART of the F4: one status and one data register.
struct OldUsart {
    uint32_t base, clockHz;

    bool start(uint32_t baud) const {
        const uint32_t divider = baudDivider(clockHz, baud, 1, 16);
        if (divider == 0) return false;
        reg(base + 0x0c) = 0;
        reg(base + 0x08) = divider;
        reg(base + 0x0c) = 1u << 13 | kReceived | 1u << 3 | 1u << 2;  // on, interrupt, both ways
        return true;
    }
    bool receive(uint8_t& byte) const {
        // Reading the status and then the data clears an overrun, too.
        if (!(reg(base) & (kReceived | kOverrun))) return false;
        byte = static_cast<uint8_t>(reg(base + 0x04));
        return true;
    }
    void send(uint8_t byte) const {
        while (!(reg(base) & kCanSend)) {
        }
        reg(base + 0x04) = byte;
    }
    void drain() const {
        while (!(reg(base) & kSent)) {
        }
    }
};

/// The USART of the L4, F7 and H7, and the LPUART, whose divider counts in 256ths.
struct NewUsart {
    uint32_t base, clockHz;
    uint32_t scale = 1, least = 16;

    bool start(uint32_t baud) const {
        const uint32_t divider = baudDivider(clockHz, baud, scale, least);
        if (divider == 0) return false;
        reg(base + 0x00) = 0;
        reg(base + 0x0c) = divider;
        reg(base + 0x00) = 1u << 3 | 1u << 2 | 1u << 0;  // both ways, on
        return true;
    }
    bool receive(uint8_t& byte) const {
        const uint32_t status = reg(base + 0x1c);
        if (status & kOverrun) reg(base + 0x20) = kOverrun;
        if (!(status & kReceived)) return false;
        byte = static_cast<uint8_t>(reg(base + 0x24));
        return true;
    }
    void send(uint8_t byte) const {
        while (!(reg(base + 0x1c) & kCanSend)) {
        }
        reg(base + 0x28) = byte;
    }
    void drain() const {
        while (!(reg(base + 0x1c) & kSent)) {
        }
    }
};
constexpr uint32_t kLpuartScale = 256, kLpuartLeast = 0x300;

}  // namespace firmware
