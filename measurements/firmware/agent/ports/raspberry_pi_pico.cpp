// SPDX-License-Identifier: GPL-3.0-or-later
// Raspberry Pi Pico (RP2040, one Cortex-M0+ at 125 MHz from the crystal; plain kernels, cycles from
// SysTick). Serial line: UART0, GPIO 0 and 1. Layer pin: GPIO 2. Source: RP2040 Datasheet (boot
// sequence, SSI, clocks, PLL, UART, SIO, bootrom functions).
#include "firmware/agent/port.h"
#include "firmware/agent/ports/registers.h"

// The second stage of the boot: the boot ROM loads these 256 bytes from the begin of the flash,
// checks their CRC-32 (polynomial 0x04c11db7, not reflected, from 0xffffffff) and jumps to them.
// They map the flash into memory with the read command 03h, at a quarter of the clock.
// tests/firmware/agent_images_test.cpp checks the sum.
__asm__(R"(
    .section .boot2, "ax"
    .syntax unified
    .thumb
    .balign 4
boot2:
    ldr r3, =0x18000000
    movs r1, #0
    str r1, [r3, #8]        @ SSIENR: off
    movs r1, #4
    str r1, [r3, #0x14]     @ BAUDR
    ldr r1, =0x001f0300     @ CTRLR0: 32 bits, read after instruction and address
    str r1, [r3, #0]
    movs r1, #0
    str r1, [r3, #4]        @ CTRLR1: one word
    ldr r1, =0x03000218     @ SPI_CTRLR0: command 03h, 8 bits; address, 24 bits
    ldr r0, =0x180000f4
    str r1, [r0]
    movs r1, #1
    str r1, [r3, #8]        @ SSIENR: on
    ldr r0, =0x10000100     @ the vector table
    ldr r1, =0xe000ed08
    str r0, [r1]
    ldmia r0!, {r1, r2}
    msr msp, r1
    bx r2
    .ltorg
    .org boot2 + 252
    .word 0x42f48ac0
    .text
)");

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000, kCoreHz = 125'000'000;
constexpr uint32_t kClocks = 0x40008000, kResets = 0x4000c000, kPins = 0x40014000;
constexpr uint32_t kCrystal = 0x40024000, kPll = 0x40028000, kUart = 0x40034000;
constexpr uint32_t kSio = 0xd0000000, kSsi = 0x18000000, kClearAlias = 0x3000;
constexpr uint32_t kLayerPin = 2;
constexpr uint32_t kFlashBegin = 0x10000000, kAreaOffset = 256 << 10, kFlashBytes = 2 << 20;
constexpr uint32_t kSectorBytes = 4 << 10, kPageBytes = 256;

void release(uint32_t blocks) {
    reg(kResets + kClearAlias) = blocks;
    waitFor(kResets + 8, blocks, blocks);
}

/// Crystal of 12 MHz x 125 / 6 / 2.
void startClock() {
    reg(kCrystal + 0x0c) = 47;  // about 1 ms
    reg(kCrystal) = 0xfab << 12 | 0xaa0;
    waitFor(kCrystal + 4, 1u << 31, 1u << 31);
    reg(kClocks + 0x30) = 2;
    waitFor(kClocks + 0x38, 4, 4);
    release(1u << 12);
    reg(kPll) = 1;
    reg(kPll + 8) = 125;
    reg(kPll + kClearAlias + 4) = 1u << 5 | 1;
    waitFor(kPll, 1u << 31, 1u << 31);
    reg(kPll + 0x0c) = 6u << 16 | 2u << 12;
    reg(kPll + kClearAlias + 4) = 1u << 3;
    reg(kClocks + 0x3c) = 0;  // the system runs from the reference while its source changes
    waitFor(kClocks + 0x44, 1, 1);
    reg(kClocks + 0x3c) = 1;
    waitFor(kClocks + 0x44, 2, 2);
    reg(kClocks + 0x48) = 1u << 11;
}

void useFor(uint32_t pin, uint32_t function) {
    reg(kPins + 4 + 8 * pin) = function;
}

void drain() {
    while (reg(kUart + 0x18) & 1u << 3) {
    }
}

struct FlashRom {
    void (*connect)();
    void (*leaveMapping)();
    void (*erase)(uint32_t offset, uint32_t bytes, uint32_t blockBytes, uint32_t command);
    void (*program)(uint32_t offset, const uint8_t* bytes, uint32_t count);
    void (*flush)();
    void (*map)();
};

template <typename Function>
void find(Function& function, char first, char second) {
    // Pointers of 16 bits at fixed addresses of the boot ROM.
    const auto half = [](uint32_t at) {
        __asm__("" : "+r"(at));  // the compiler takes small addresses for null pointers
        return uintptr_t{*reinterpret_cast<const volatile uint16_t*>(at)};
    };
    const auto lookUp = reinterpret_cast<void* (*)(uintptr_t, uint32_t)>(half(0x18));
    const uint32_t code = static_cast<uint8_t>(first) | static_cast<uint32_t>(second) << 8;
    function = reinterpret_cast<Function>(lookUp(half(0x14), code));
}

FlashRom findRom() {
    FlashRom rom;
    find(rom.connect, 'I', 'F');
    find(rom.leaveMapping, 'E', 'X');
    find(rom.erase, 'R', 'E');
    find(rom.program, 'R', 'P');
    find(rom.flush, 'F', 'C');
    find(rom.map, 'C', 'X');
    return rom;
}

/// In RAM: while the flash is written, nothing can be read from it.
[[gnu::section(".ramcode"), gnu::noinline]] void writeUnmapped(const FlashRom& rom, uint32_t offset,
                                                               const uint8_t* page, bool erases) {
    constexpr uint32_t kSectorErase = 0x20;
    __asm__ volatile("cpsid i" ::: "memory");
    rom.connect();
    rom.leaveMapping();
    if (erases) rom.erase(offset, kSectorBytes, kSectorBytes, kSectorErase);
    rom.program(offset, page, kPageBytes);
    rom.flush();
    rom.map();
    *reinterpret_cast<volatile uint32_t*>(kSsi + 0x08) = 0;
    *reinterpret_cast<volatile uint32_t*>(kSsi + 0x14) = 4;
    *reinterpret_cast<volatile uint32_t*>(kSsi + 0x08) = 1;
    __asm__ volatile("cpsie i" ::: "memory");
}

}  // namespace

PortInfo portInfo() {
    return {"raspberry-pi-pico", "Cortex-M0+", kCoreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    startClock();
    release(1u << 5 | 1u << 8 | 1u << 22);
    useFor(0, 2);
    useFor(1, 2);
    useFor(kLayerPin, 5);
    reg(kSio + 0x24) = 1u << kLayerPin;
    setBaud(kStartBaud);
}

bool receiveByte(uint8_t& byte) {
    if (reg(kUart + 0x18) & 1u << 4) return false;
    byte = static_cast<uint8_t>(reg(kUart));
    return true;
}

void sendByte(uint8_t byte) {
    while (reg(kUart + 0x18) & 1u << 5) {
    }
    reg(kUart) = byte;
}

bool setBaud(uint32_t baud) {
    // Divider in 64ths of sixteen clocks.
    const uint32_t divider = baudDivider(kCoreHz, baud, 4, 64);
    if (divider == 0) return false;
    if (reg(kUart + 0x30) & 1) drain();
    reg(kUart + 0x30) = 0;
    reg(kUart + 0x24) = divider / 64;
    reg(kUart + 0x28) = divider % 64;
    reg(kUart + 0x2c) = 3u << 5 | 1u << 4;  // 8 bits, FIFOs; the write takes the divider, too
    reg(kUart + 0x30) = 1u << 9 | 1u << 8 | 1;
    return true;
}

void markLayer() {
    reg(kSio + 0x1c) = 1u << kLayerPin;
}

FlashArea flashArea() {
    return {reinterpret_cast<const uint8_t*>(kFlashBegin + kAreaOffset), kFlashBytes - kAreaOffset};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    const FlashRom rom = findRom();
    for (uint32_t at = 0; at < count; at += kPageBytes) {
        uint8_t page[kPageBytes];
        const uint32_t part = count - at < kPageBytes ? count - at : kPageBytes;
        __builtin_memset(page, 0xff, sizeof page);
        __builtin_memcpy(page, bytes + at, part);
        writeUnmapped(rom, kAreaOffset + offset + at, page, (offset + at) % kSectorBytes == 0);
    }
    return true;
}

}  // namespace firmware
