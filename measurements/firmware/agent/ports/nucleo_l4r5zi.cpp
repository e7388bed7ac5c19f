// SPDX-License-Identifier: GPL-3.0-or-later
// NUCLEO-L4R5ZI (STM32L4R5ZI, Cortex-M4 with FPU, 120 MHz). Serial line: LPUART1, PG7 and PG8, the
// virtual port of the ST-LINK. Layer pin: PF12 (D8). Sources: ST RM0432 (PWR, RCC, flash), UM2179.
// The PLL runs from the internal oscillator of 16 MHz (1 %).
#include "firmware/agent/port.h"
#include "firmware/agent/ports/stm32.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000;
constexpr uint32_t kLpuart1 = 0x40008000, kRcc = 0x40021000, kPwr = 0x40007000;
constexpr uint32_t kFlash = 0x40022000;
constexpr uint32_t kResetHz = 4'000'000, kHsiHz = 16'000'000, kFullHz = 120'000'000;
constexpr uint32_t kFlashBegin = 0x08000000, kAreaOffset = 256 << 10, kFlashBytes = 2 << 20;

constexpr uint32_t gpio(char letter) {
    return 0x48000000 + 0x400 * static_cast<uint32_t>(letter - 'A');
}
constexpr Pin kLayerPin{gpio('F'), 12};

uint32_t coreHz = kResetHz;

NewUsart line() {
    return {kLpuart1, coreHz, kLpuartScale, kLpuartLeast};
}

/// 16 MHz / 4 x 60 / 2, in the boost mode of range 1. The bus takes its full rate in two steps.
uint32_t startClock() {
    setBits(kRcc, 1u << 8);
    if (!waitFor(kRcc, 1u << 10, 1u << 10)) return kResetHz;
    setField(kRcc + 0x08, 3, 1);
    if (!waitFor(kRcc + 0x08, 3u << 2, 1u << 2)) return kResetHz;
    setBits(kRcc + 0x58, 1u << 28);
    reg(kPwr + 0x80) = reg(kPwr + 0x80) & ~(1u << 8);
    if (!waitFor(kPwr + 0x14, 1u << 10, 0)) return kHsiHz;
    reg(kRcc + 0x0c) = 2 | 3u << 4 | 60u << 8 | 1u << 24;
    setBits(kRcc, 1u << 24);
    if (!waitFor(kRcc, 1u << 25, 1u << 25)) return kHsiHz;
    reg(kFlash) = 5 | 7u << 8;
    if (!waitFor(kFlash, 0xf, 5)) return kHsiHz;
    setField(kRcc + 0x08, 0xf3, 8u << 4 | 3);
    if (!waitFor(kRcc + 0x08, 3u << 2, 3u << 2)) return kHsiHz;
    for (uint32_t i = 0; i < 200; ++i)
        __asm__ volatile("nop");
    setField(kRcc + 0x08, 0xf0, 0);
    return kFullHz;
}

/// Pages are of 4 KiB while the flash is two banks (as delivered), else of 8 KiB.
bool hasTwoBanks() {
    return reg(kFlash + 0x20) >> 22 & 1;
}

bool isFlashIdle() {
    return waitFor(kFlash + 0x10, 1u << 16, 0) || waitFor(kFlash + 0x10, 1u << 16, 0);
}

/// `offset` from the begin of the flash.
bool erasePage(uint32_t offset) {
    const uint32_t pageBytes = hasTwoBanks() ? 4 << 10 : 8 << 10, page = offset / pageBytes;
    const uint32_t inBank = page & 0xff, isSecond = hasTwoBanks() ? page >> 8 & 1 : 0;
    reg(kFlash + 0x14) = 1u << 1 | inBank << 3 | isSecond << 11;
    setBits(kFlash + 0x14, 1u << 16);
    return isFlashIdle();
}

/// The data cache of the flash does not see what is written.
void clearDataCache() {
    reg(kFlash) = reg(kFlash) & ~(1u << 10);
    setBits(kFlash, 1u << 12);
    reg(kFlash) = reg(kFlash) & ~(1u << 12);
    setBits(kFlash, 1u << 10);
}

}  // namespace

PortInfo portInfo() {
    return {"nucleo-l4r5zi", "Cortex-M4", coreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    coreHz = startClock();
    setBits(kRcc + 0x58, 1u << 28);
    setBits(kPwr + 0x04, 1u << 9);  // supply of port G
    setBits(kRcc + 0x4c, 1u << 5 | 1u << 6);
    setBits(kRcc + 0x5c, 1);
    setPin({gpio('G'), 7}, PinMode::Alternate, 8);
    setPin({gpio('G'), 8}, PinMode::Alternate, 8);
    setPin(kLayerPin, PinMode::Output);
    line().start(kStartBaud);
}

bool receiveByte(uint8_t& byte) {
    return line().receive(byte);
}

void sendByte(uint8_t byte) {
    line().send(byte);
}

bool setBaud(uint32_t baud) {
    line().drain();
    return line().start(baud);
}

void markLayer() {
    togglePin(kLayerPin);
}

FlashArea flashArea() {
    return {reinterpret_cast<const uint8_t*>(kFlashBegin + kAreaOffset), kFlashBytes - kAreaOffset};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    if (reg(kFlash + 0x14) >> 31) {
        reg(kFlash + 0x08) = 0x45670123;
        reg(kFlash + 0x08) = 0xcdef89ab;
    }
    reg(kFlash + 0x10) = 0xc3fb;  // clears errors of before
    const uint32_t pageBytes = hasTwoBanks() ? 4 << 10 : 8 << 10;
    bool good = isFlashIdle() && (offset % pageBytes != 0 || erasePage(kAreaOffset + offset));
    reg(kFlash + 0x14) = 1;
    for (uint32_t at = 0; at < count && good; at += 8) {
        uint32_t words[2] = {0xffffffff, 0xffffffff};
        __builtin_memcpy(words, bytes + at, count - at < 8 ? count - at : 8);
        reg(kFlashBegin + kAreaOffset + offset + at) = words[0];
        reg(kFlashBegin + kAreaOffset + offset + at + 4) = words[1];
        good = isFlashIdle();
    }
    reg(kFlash + 0x14) = 1u << 31;
    clearDataCache();
    return good;
}

}  // namespace firmware
