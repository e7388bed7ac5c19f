// SPDX-License-Identifier: GPL-3.0-or-later
// nRF52840-DK (Cortex-M4 with FPU, 64 MHz from the crystal). Serial line: UART0, P0.06 and P0.08,
// the virtual port of the debugger; the chip's fastest rate is 1 MBd. Layer pin: P1.01 (D0).
// Sources: Nordic nRF52840 Product Specification (CLOCK, UART, GPIO, NVMC), nRF52840 DK User Guide.
#include "firmware/agent/port.h"
#include "firmware/agent/ports/registers.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 1'000'000, kCoreHz = 64'000'000;
constexpr uint32_t kClock = 0x40000000, kUart = 0x40002000, kNvmc = 0x4001e000;
constexpr uint32_t kPort0 = 0x50000000, kPort1 = 0x50000300;
constexpr uint32_t kSendPin = 6, kReceivePin = 8, kLayerPin = 1;
constexpr uint32_t kPageBytes = 4 << 10, kAreaBegin = 256 << 10, kFlashBytes = 1 << 20;

struct Rate {
    uint32_t baud, code;
};
constexpr Rate kRates[] = {{115'200, 0x01d7e000},
                           {230'400, 0x03afb000},
                           {460'800, 0x075f7000},
                           {921'600, 0x0ebed000},
                           {1'000'000, 0x10000000}};

/// The UART sends one byte at a time and tells when it has left.
bool isSending = false;

void drain() {
    while (isSending && reg(kUart + 0x11c) == 0) {
    }
    reg(kUart + 0x11c) = 0;
    isSending = false;
}

}  // namespace

PortInfo portInfo() {
    return {"nrf52840-dk", "Cortex-M4", kCoreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    reg(kClock + 0x100) = 0;
    reg(kClock) = 1;
    waitFor(kClock + 0x100, 1, 1);
    reg(kNvmc + 0x540) = 1;  // instruction cache
    reg(kPort0 + 0x508) = 1u << kSendPin;
    reg(kPort0 + 0x518) = 1u << kSendPin;
    reg(kPort0 + 0x700 + 4 * kReceivePin) = 3u << 2;  // input, pulled up
    reg(kPort1 + 0x518) = 1u << kLayerPin;
    reg(kUart + 0x50c) = kSendPin;
    reg(kUart + 0x514) = kReceivePin;
    reg(kUart + 0x508) = 0xffffffff;  // no flow control
    reg(kUart + 0x510) = 0xffffffff;
    setBaud(kStartBaud);
    reg(kUart + 0x500) = 4;
    reg(kUart + 0x000) = 1;
    reg(kUart + 0x008) = 1;
}

bool receiveByte(uint8_t& byte) {
    if (reg(kUart + 0x108) == 0) return false;
    reg(kUart + 0x108) = 0;
    byte = static_cast<uint8_t>(reg(kUart + 0x518));
    return true;
}

void sendByte(uint8_t byte) {
    drain();
    reg(kUart + 0x51c) = byte;
    isSending = true;
}

bool setBaud(uint32_t baud) {
    drain();
    for (const Rate& rate : kRates)
        if (rate.baud == baud) {
            reg(kUart + 0x524) = rate.code;
            return true;
        }
    return false;
}

void markLayer() {
    const bool isHigh = reg(kPort1 + 0x504) >> kLayerPin & 1;
    reg(kPort1 + (isHigh ? 0x50c : 0x508)) = 1u << kLayerPin;
}

FlashArea flashArea() {
    return {reinterpret_cast<const uint8_t*>(kAreaBegin), kFlashBytes - kAreaBegin};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    const uint32_t begin = kAreaBegin + offset;
    bool good = true;
    if (offset % kPageBytes == 0) {
        reg(kNvmc + 0x504) = 2;
        reg(kNvmc + 0x508) = begin;
        good = waitFor(kNvmc + 0x400, 1, 1);
    }
    reg(kNvmc + 0x504) = 1;
    for (uint32_t at = 0; at < count && good; at += 4) {
        uint32_t word = 0xffffffff;
        __builtin_memcpy(&word, bytes + at, count - at < 4 ? count - at : 4);
        reg(begin + at) = word;
        good = waitFor(kNvmc + 0x400, 1, 1);
    }
    reg(kNvmc + 0x504) = 0;
    return good;
}

}  // namespace firmware
