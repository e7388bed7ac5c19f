// SPDX-License-Identifier: GPL-3.0-or-later
// NUCLEO-H743ZI (STM32H743ZI, Cortex-M7 with double-precision FPU). The core runs at 400 MHz, which
// every revision of the chip and voltage range 1 allow; 480 MHz would need revision V and range 0.
// Serial line: USART3, PD8 and PD9, the virtual port of the ST-LINK. Layer pin: PF12 (D8). Sources:
// ST RM0433 (PWR, RCC, flash), UM1974. The PLL runs from the internal oscillator of 64 MHz (1 %).
#include "firmware/agent/port.h"
#include "firmware/agent/ports/m7_caches.h"
#include "firmware/agent/ports/stm32.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000;
constexpr uint32_t kUsart3 = 0x40004800, kRcc = 0x58024400, kPwr = 0x58024800;
constexpr uint32_t kFlash = 0x52002000, kBank2Registers = 0x100;
constexpr uint32_t kHsiHz = 64'000'000, kFullHz = 400'000'000;
constexpr uint32_t kSectorBytes = 128 << 10, kSectorsOfBank = 8;
constexpr uint32_t kFlashBegin = 0x08000000, kFirstSector = 2, kSectorCount = 14;
constexpr uint32_t kAreaBegin = kFlashBegin + kFirstSector * kSectorBytes;

constexpr uint32_t gpio(char letter) {
    return 0x58020000 + 0x400 * static_cast<uint32_t>(letter - 'A');
}
constexpr Pin kLayerPin{gpio('F'), 12};

uint32_t coreHz = kHsiHz;

// APB1 runs at a quarter of the core.
NewUsart line() {
    return {kUsart3, coreHz == kHsiHz ? kHsiHz : coreHz / 4};
}

/// 64 MHz / 8 x 100 / 2; buses at half of it, peripherals at a quarter.
uint32_t startClock() {
    reg(kPwr + 0x0c) = (reg(kPwr + 0x0c) & ~7u) | 6;  // supply from the regulator
    if (!waitFor(kPwr + 0x04, 1u << 13, 1u << 13)) return kHsiHz;
    setField(kPwr + 0x18, 3u << 14, 3u << 14);
    if (!waitFor(kPwr + 0x18, 1u << 13, 1u << 13)) return kHsiHz;
    reg(kFlash) = 2u << 4 | 2;
    if (!waitFor(kFlash, 0x3f, 2u << 4 | 2)) return kHsiHz;
    setField(kRcc + 0x28, 0x3f3, 8u << 4);
    setField(kRcc + 0x2c, 0xf, 3u << 2);
    setBits(kRcc + 0x2c, 1u << 16);
    reg(kRcc + 0x30) = 99 | 1u << 9 | 1u << 16 | 1u << 24;
    setBits(kRcc, 1u << 24);
    if (!waitFor(kRcc, 1u << 25, 1u << 25)) return kHsiHz;
    setField(kRcc + 0x18, 0xf7f, 4u << 4 | 8);
    setField(kRcc + 0x1c, 0x770, 4u << 4 | 4u << 8);
    setField(kRcc + 0x20, 0x70, 4u << 4);
    setField(kRcc + 0x10, 7, 3);
    if (!waitFor(kRcc + 0x10, 7u << 3, 3u << 3)) return kHsiHz;
    return kFullHz;
}

/// Registers of the bank that holds a sector of the area.
uint32_t bankOf(uint32_t sector) {
    return kFlash + (sector < kSectorsOfBank ? 0 : kBank2Registers);
}

/// Waits for BSY, WBNE and QW; erasing takes up to 4 s.
bool isBankIdle(uint32_t bank) {
    for (int wait = 0; wait < 60; ++wait)
        if (waitFor(bank + 0x10, 7, 0)) return true;
    return false;
}

bool eraseSector(uint32_t bank, uint32_t sector) {
    reg(bank + 0x0c) = 3u << 4 | 1u << 2 | sector % kSectorsOfBank << 8;
    setBits(bank + 0x0c, 1u << 7);
    return isBankIdle(bank);
}

/// A flash word: 32 bytes, written at once.
bool writeWord(uint32_t bank, uint32_t address, const uint8_t* bytes, uint32_t count) {
    uint32_t words[8];
    __builtin_memset(words, 0xff, sizeof words);
    __builtin_memcpy(words, bytes, count < sizeof words ? count : sizeof words);
    synchronize();
    for (uint32_t i = 0; i < 8; ++i)
        reg(address + 4 * i) = words[i];
    synchronize();
    return isBankIdle(bank);
}

}  // namespace

PortInfo portInfo() {
    return {"nucleo-h743zi", "Cortex-M7", coreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    coreHz = startClock();
    startCaches();
    setBits(kRcc + 0xe0, 1u << 3 | 1u << 5);
    setBits(kRcc + 0xe8, 1u << 18);
    setPin({gpio('D'), 8}, PinMode::Alternate, 7);
    setPin({gpio('D'), 9}, PinMode::Alternate, 7);
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
    return {reinterpret_cast<const uint8_t*>(kAreaBegin), kSectorCount * kSectorBytes};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    const uint32_t sector = kFirstSector + offset / kSectorBytes, bank = bankOf(sector);
    if (reg(bank + 0x0c) & 1) {
        reg(bank + 0x04) = 0x45670123;
        reg(bank + 0x04) = 0xcdef89ab;
    }
    reg(bank + 0x14) = 0x0fef0000;  // clears errors of before
    const bool isFirst = offset % kSectorBytes == 0;
    bool good = isBankIdle(bank) && (!isFirst || eraseSector(bank, sector));
    reg(bank + 0x0c) = 3u << 4 | 1u << 1;
    for (uint32_t at = 0; at < count && good; at += 32)
        good = writeWord(bank, kAreaBegin + offset + at, bytes + at, count - at);
    reg(bank + 0x0c) = 1;
    forgetCached(kAreaBegin + offset, isFirst ? kSectorBytes : count);
    return good;
}

}  // namespace firmware
