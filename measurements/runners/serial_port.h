// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SerialPort: an open serial line (8 data bits, no parity, one stop bit, no flow control). It is
// opened and configured through libserialport; a pseudo-terminal (of an emulator, of socat), which
// that library does not know, as a terminal in raw mode. Reading is the same for both.
//
// Closes with the object; belongs to one thread.

#include <memory>
#include <string>

#include "types/result.h"

namespace runners {

class SerialPort {
public:
    static types::Result<SerialPort> open(const std::string& device, int baud);

    /// What arrives first, as soon as it does; empty where nothing does for so long. An Error: the
    /// device is gone.
    types::Result<std::string> read(int timeoutMs);

private:
    std::string m_device;
    int m_handle = -1;
    std::shared_ptr<void> m_owner;  ///< closes the handle
};

}  // namespace runners
