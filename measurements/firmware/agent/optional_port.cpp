// SPDX-License-Identifier: GPL-3.0-or-later
// Defaults for what a port need not define.
#include "firmware/agent/port.h"

namespace firmware {

[[gnu::weak]] bool setBaud(uint32_t baud) {
    return baud == portInfo().startBaud;
}

[[gnu::weak]] void markLayer() {}

[[gnu::weak]] bool isEmulated() {
    return false;
}

[[gnu::weak]] void rest() {}

[[gnu::weak]] FlashArea flashArea() {
    return {};
}

[[gnu::weak]] bool writeFlash(uint32_t, const uint8_t*, uint32_t) {
    return false;
}

}  // namespace firmware
