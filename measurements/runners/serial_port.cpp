// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/serial_port.h"

#include <fcntl.h>
#include <libserialport.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace runners {
namespace {

using namespace types;

struct Opened {
    int handle = -1;
    std::shared_ptr<void> owner;
};

Error cannotOpen(const std::string& device) {
    return {std::string("cannot be opened (") + std::strerror(errno) + ")", device,
            "close other terminals; you may have to join the group dialout"};
}

bool configure(sp_port* port, int baud) {
    return sp_set_baudrate(port, baud) == SP_OK && sp_set_bits(port, 8) == SP_OK &&
           sp_set_parity(port, SP_PARITY_NONE) == SP_OK && sp_set_stopbits(port, 1) == SP_OK &&
           sp_set_flowcontrol(port, SP_FLOWCONTROL_NONE) == SP_OK;
}

Result<Opened> openPort(sp_port* port, const std::string& device, int baud) {
    const std::shared_ptr<sp_port> owner(port, [](sp_port* p) {
        sp_close(p);
        sp_free_port(p);
    });
    if (sp_open(port, SP_MODE_READ_WRITE) != SP_OK) return tl::unexpected(cannotOpen(device));
    if (!configure(port, baud))
        return fail("does not support " + std::to_string(baud) + " baud", device,
                    "choose another rate: DEVICE@BAUD");
    Opened opened{-1, owner};
    sp_get_port_handle(port, &opened.handle);
    return opened;
}

/// Opens a terminal that is no serial port: raw mode, and its rate is ignored.
Result<Opened> openTerminal(const std::string& device) {
    const int handle = ::open(device.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (handle < 0 && errno != ENOENT) return tl::unexpected(cannotOpen(device));
    if (handle < 0) return fail("no serial port", device, "is the board plugged in?");
    const std::shared_ptr<void> owner(nullptr, [handle](void*) { close(handle); });
    termios mode{};
    if (tcgetattr(handle, &mode) != 0)
        return fail("no serial port", device, "give the device of a board");
    cfmakeraw(&mode);
    tcsetattr(handle, TCSANOW, &mode);
    return Opened{handle, owner};
}

}  // namespace

Result<SerialPort> SerialPort::open(const std::string& device, int baud) {
    sp_port* port = nullptr;
    const bool isKnown = sp_get_port_by_name(device.c_str(), &port) == SP_OK;
    const auto opened = isKnown ? openPort(port, device, baud) : openTerminal(device);
    if (!opened) return tl::unexpected(opened.error());
    SerialPort serial;
    serial.m_device = device;
    serial.m_handle = opened->handle;
    serial.m_owner = opened->owner;
    return serial;
}

Result<std::string> SerialPort::read(int timeoutMs) {
    pollfd wait{m_handle, POLLIN, 0};
    if (poll(&wait, 1, timeoutMs) == 0) return std::string();
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(m_handle, buffer.data(), buffer.size());
    if (count > 0) return std::string(buffer.data(), static_cast<size_t>(count));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return std::string();
    // End of file or an input error: the other end is closed.
    return fail("the device was disconnected", m_device, "plug it in again");
}

Result<void> SerialPort::write(std::span<const uint8_t> bytes, int timeoutMs) {
    while (!bytes.empty()) {
        pollfd wait{m_handle, POLLOUT, 0};
        if (poll(&wait, 1, timeoutMs) == 0)
            return fail("the device takes no more bytes", m_device, "reset the board");
        const ssize_t count = ::write(m_handle, bytes.data(), bytes.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (count <= 0) return fail("the device was disconnected", m_device, "plug it in again");
        bytes = bytes.subspan(static_cast<size_t>(count));
    }
    return {};
}

bool SerialPort::setBaud(int baud) {
    auto* port = static_cast<sp_port*>(m_owner.get());
    return port == nullptr || (sp_drain(port) == SP_OK && sp_set_baudrate(port, baud) == SP_OK);
}

}  // namespace runners
