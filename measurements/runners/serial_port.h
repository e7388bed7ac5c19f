// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SerialPort: an open serial line (8 data bits, no parity, one stop bit, no flow control). Opened
// through libserialport; a pseudo-terminal (of an emulator, of socat), which that library does not
// support, is opened as a terminal in raw mode. Reading is the same for both.
//
// The destructor closes it; belongs to one thread.

#include <memory>
#include <string>

#include "types/result.h"

namespace runners {

class SerialPort {
public:
    static types::Result<SerialPort> open(const std::string& device, int baud);

    /// Returns bytes as soon as any arrive; empty after `timeoutMs`. An Error: the device was
    /// disconnected.
    types::Result<std::string> read(int timeoutMs);

private:
    std::string m_device;
    int m_handle = -1;
    std::shared_ptr<void> m_owner;  ///< closes the handle
};

}  // namespace runners
