// SPDX-License-Identifier: GPL-3.0-or-later
// NUCLEO-F446RE (STM32F446RE, Cortex-M4 with FPU, 180 MHz). Serial line: USART2, PA2 and PA3, the
// virtual port of the ST-LINK. Layer pin: PA8 (D7). Sources: ST RM0390, UM1724.
#include "firmware/agent/port.h"
#include "firmware/agent/ports/stm32_f4_f7.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000;
constexpr uint32_t kUsart2 = 0x40004400;
constexpr Pin kLayerPin{gpioF4F7('A'), 8};
constexpr LateSectors kSectors{0x08040000, 6, 128 << 10};  // up to 512 KiB
constexpr uint32_t kSectorCount = 2;

uint32_t coreHz = kHsiHz;

OldUsart line() {
    return {kUsart2, apb1Hz(coreHz)};
}

}  // namespace

PortInfo portInfo() {
    return {"nucleo-f446re", "Cortex-M4", coreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    constexpr uint32_t kPrefetchAndCaches = 7u << 8;
    coreHz = startClock({180, 5, kPrefetchAndCaches, true});
    enablePort('A');
    setBits(kRcc + 0x40, 1u << 17);
    setPin({gpioF4F7('A'), 2}, PinMode::Alternate, 7);
    setPin({gpioF4F7('A'), 3}, PinMode::Alternate, 7);
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
    return {reinterpret_cast<const uint8_t*>(kSectors.begin), kSectorCount * kSectors.bytes};
}

bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    return writeSectors(kSectors, offset, bytes, count);
}

}  // namespace firmware
