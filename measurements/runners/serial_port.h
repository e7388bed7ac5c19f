// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SerialPort: an open serial line (8 data bits, no parity, one stop bit, no flow control). Opened
// through libserialport; a pseudo-terminal (of an emulator, of socat), which that library does not
// support, is opened as a terminal in raw mode. Reading and writing are the same for both.
//
// The destructor closes it; belongs to one thread.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "types/result.h"

namespace runners {

class SerialPort {
public:
    static types::Result<SerialPort> open(const std::string& device, int baud);

    const std::string& device() const { return m_device; }

    /// Returns bytes as soon as any arrive; empty after `timeoutMs`. An Error: the device was
    /// disconnected.
    types::Result<std::string> read(int timeoutMs);

    /// Writes all bytes; an Error where the device takes none for `timeoutMs`.
    types::Result<void> write(std::span<const uint8_t> bytes, int timeoutMs);
    /// False where the port does not have the rate. A terminal ignores it.
    bool setBaud(int baud);

private:
    std::string m_device;
    int m_handle = -1;
    std::shared_ptr<void>
        m_owner;  ///< closes the handle; libserialport's port, null for a terminal
};

}  // namespace runners
