// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the agent needs of a board. A port is one file in ports/ that defines the functions of the
// first group; those of the second group have defaults in optional_port.cpp, those of the third
// are the same on every Cortex-M (cycle_counter.cpp, agent_memory.cpp, agent_start.cpp). README.md
// describes how to port.

#include "firmware/agent/wire.h"

namespace firmware {

struct PortInfo {
    const char* board;  ///< id of the device profile where there is one: "nucleo-l4r5zi"
    const char* core;   ///< "Cortex-M4"
    uint32_t clockHz;   ///< of the core, after setUpPort()
    uint32_t startBaud, maxBaud;
};

// A port defines these.

PortInfo portInfo();
/// Sets clocks, pins and the serial line: 8 data bits, no parity, startBaud.
void setUpPort();
/// Takes a received byte; false where there is none. Clears errors of the line.
bool receiveByte(uint8_t& byte);
/// Waits until the byte is accepted.
void sendByte(uint8_t byte);

// A port may define these.

/// Changes the rate after the last byte has left; false where the clock does not give it.
bool setBaud(uint32_t baud);
/// Toggles a pin: at the begin of each invoke, and after each operator.
void markLayer();
/// True where the port finds that an emulator runs it: its cycles tell nothing about a board.
bool isEmulated();

/// Called while no byte has arrived: may sleep until the next one, or for a tenth of a second.
void rest();

/// Flash for a Program, beside the agent's own; 16-byte aligned.
struct FlashArea {
    const uint8_t* begin = nullptr;
    uint32_t bytes = 0;
};
FlashArea flashArea();
/// Writes `count` bytes, at most kChunk, at `offset`, a multiple of kChunk. Erases each sector when
/// the first byte of it is written. The caller reads back what was written.
bool writeFlash(uint32_t offset, const uint8_t* bytes, uint32_t count);

// Every Cortex-M has these.

/// RAM for Program, arena and state; 16-byte aligned.
struct RamArea {
    uint8_t* begin = nullptr;
    uint32_t bytes = 0;
};
RamArea ramArea();

void startCycles();
Counter counterKind();
/// Cycles of the core since startCycles(). Read it at least every 2^32 cycles.
uint64_t cycles();

/// The crash that reset the board, until it is forgotten.
Crash lastCrash();
void forgetCrash();

}  // namespace firmware
