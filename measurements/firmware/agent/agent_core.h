// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Agent: the board's side of the protocol (wire.h). Give it every received byte, and call idle()
// while there is none; it answers through the port.

#include "firmware/agent/frame.h"
#include "firmware/agent/model_slot.h"

namespace firmware {

class Agent {
public:
    /// The line runs at the start rate.
    void begin() { m_baud = portInfo().startBaud; }
    void take(uint8_t byte);
    /// Call it while no byte has arrived. Returns to the start rate where nothing good arrives at
    /// another one.
    void idle();

private:
    void answer(const Frame& question);
    Refused handle(const Frame& question, Frame& reply);
    Refused handleModel(const Frame& question, Frame& reply);
    Refused hello(const Frame& question, Frame& reply);
    Refused rows(const Frame& question, Frame& reply) const;
    void send(Frame& frame);
    void changeRate(uint32_t baud);

    FrameReader m_reader;
    Frame m_reply;
    ModelSlot m_model;
    uint32_t m_session = 0;
    uint32_t m_baud = 0, m_nextBaud = 0;
    uint64_t m_heardAt = 0;  ///< cycles() at the last good frame
};

}  // namespace firmware
