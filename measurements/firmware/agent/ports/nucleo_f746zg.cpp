// SPDX-License-Identifier: GPL-3.0-or-later
// NUCLEO-F746ZG (STM32F746ZG, Cortex-M7 with single-precision FPU, 216 MHz). Serial line: USART3,
// PD8 and PD9, the virtual port of the ST-LINK. Layer pin: PF12 (D8). Sources: ST RM0385, UM1974.
#include "firmware/agent/port.h"
#include "firmware/agent/ports/m7_caches.h"
#include "firmware/agent/ports/stm32_f4_f7.h"

namespace firmware {

namespace {

constexpr uint32_t kStartBaud = 115'200, kMaxBaud = 2'000'000;
constexpr uint32_t kUsart3 = 0x40004800;
constexpr Pin kLayerPin{gpioF4F7('F'), 12};
constexpr LateSectors kSectors{0x08040000, 5, 256 << 10};  // up to 1 MiB
constexpr uint32_t kSectorCount = 3;

uint32_t coreHz = kHsiHz;

NewUsart line() {
    return {kUsart3, apb1Hz(coreHz)};
}

}  // namespace

PortInfo portInfo() {
    return {"nucleo-f746zg", "Cortex-M7", coreHz, kStartBaud, kMaxBaud};
}

void setUpPort() {
    constexpr uint32_t kPrefetchAndAccelerator = 3u << 8;
    coreHz = startClock({216, 7, kPrefetchAndAccelerator, true});
    startCaches();
    enablePort('D');
    enablePort('F');
    setBits(kRcc + 0x40, 1u << 18);
    setPin({gpioF4F7('D'), 8}, PinMode::Alternate, 7);
    setPin({gpioF4F7('D'), 9}, PinMode::Alternate, 7);
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
    const bool written = writeSectors(kSectors, offset, bytes, count);
    // Erasing changes the whole sector, and nothing else of it is in use.
    const bool isFirst = offset % kSectors.bytes == 0;
    forgetCached(kSectors.begin + offset, isFirst ? kSectors.bytes : count);
    return written;
}

}  // namespace firmware
