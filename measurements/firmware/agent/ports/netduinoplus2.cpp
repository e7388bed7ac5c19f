// SPDX-License-Identifier: GPL-3.0-or-later
// Netduino Plus 2 (STM32F405RG, Cortex-M4 with FPU) and QEMU's machine of that name. Serial line:
// USART1, PA9 and PA10. Layer pin: PA8. Source: ST RM0090.
#include "firmware/agent/port.h"
#include "firmware/agent/ports/stm32_f4_f7.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000;
constexpr uint32_t kUsart1 = 0x40011000, kDeviceId = 0xe0042000;
constexpr uint32_t kUsart1Interrupt = 37;
constexpr Pin kLayerPin{gpioF4F7('A'), 8};
constexpr LateSectors kSectors{0x08040000, 6, 128 << 10};  // 128 KiB each, up to 1 MiB
constexpr uint32_t kSectorCount = 6;

uint32_t coreHz = kHsiHz;

OldUsart line() {
    return {kUsart1, apb2Hz(coreHz)};
}

}  // namespace

PortInfo portInfo() {
    return {"netduinoplus2", "Cortex-M4", coreHz, kStartBaud, kMaxBaud};
}

// QEMU has neither the clock tree nor the identity of the chip; its core runs at the full rate.
bool isEmulated() {
    return (reg(kDeviceId) & 0xfff) == 0;
}

void setUpPort() {
    constexpr uint32_t kFullHz = 168'000'000, kPrefetchAndCaches = 7u << 8;
    coreHz = isEmulated() ? kFullHz : startClock({168, 5, kPrefetchAndCaches, false});
    enablePort('A');
    setBits(kRcc + 0x44, 1u << 4);
    setPin({gpioF4F7('A'), 9}, PinMode::Alternate, 7);
    setPin({gpioF4F7('A'), 10}, PinMode::Alternate, 7);
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

// An emulator lets its serial line work while the core sleeps. On the chip the core stays awake:
// asleep, it would count no cycles, which are the agent's clock.
void rest() {
    if (isEmulated()) sleepUntil(kUsart1Interrupt);
}

FlashArea flashArea() {
    if (isEmulated()) return {};
    return {reinterpret_cast<const uint8_t*>(kSectors.begin), kSectorCount * kSectors.bytes};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    return writeSectors(kSectors, offset, bytes, count);
}

}  // namespace firmware
