// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The agent's own code on a board that is simulated in this process: a serial line that loses and
// changes bytes, a board that is reset, hangs or crashes, flash, time that passes when told. One
// board at a time.

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "firmware/agent/agent_core.h"
#include "runners/agent_dialogue.h"

namespace test {

/// Chances per byte, and of a reset per exchange.
struct Noise {
    double flip = 0, drop = 0, insert = 0, reset = 0;
    uint32_t seed = 1;
};

class SimulatedBoard {
public:
    explicit SimulatedBoard(uint32_t ramBytes = 128 << 10, uint32_t flashBytes = 0);
    SimulatedBoard(const SimulatedBoard&) = delete;
    SimulatedBoard& operator=(const SimulatedBoard&) = delete;
    ~SimulatedBoard();

    /// Gives bytes to the agent and returns its answer.
    std::vector<uint8_t> exchange(const std::vector<uint8_t>& bytes);
    /// Forgets what the agent held; a part of the RAM changes.
    void reset();

    bool isSilent = false;
    firmware::Crash crash;
    uint32_t baud = 115'200;
    uint32_t questions = 0,
             writes = 0;  ///< good frames that arrived; those with parts of a Program
    std::vector<uint8_t> ram, flash;
    std::vector<uint8_t> sent;  ///< not yet returned
    uint64_t cycles = 0;

private:
    firmware::Agent m_agent;
    firmware::FrameReader m_counter;
};

/// Talks until the dialogue is done; returns the simulated seconds. `onQuestion` is called before
/// each exchange.
double converse(runners::AgentDialogue& dialogue, SimulatedBoard& board, const Noise& noise = {},
                const std::function<void()>& onQuestion = {});

}  // namespace test
