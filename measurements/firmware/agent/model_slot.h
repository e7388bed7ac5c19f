// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelSlot: the one model that the agent holds. Its Program is received into RAM or flash; what it
// needs to run lies in RAM behind it: arena, state, rows of results.
//
// Ownership: uses the whole RamArea of the port. Thread rules: one, as all of the agent.

#include "firmware/agent/port.h"
#include "runtime/run.h"

namespace firmware {

/// Operator that is running, as its index in the model; -1: none. Read after a crash.
extern volatile int32_t runningOp;

/// types::Isa of the kernels that this build has.
uint8_t isaOfBuild();

class ModelSlot {
public:
    /// Announces a Program. Bytes that are in memory already count as received.
    Refused begin(const Begin& announced);
    uint32_t receivedBytes() const { return m_received; }
    Refused write(uint32_t offset, const uint8_t* bytes, uint32_t count);
    Refused prepare();
    Refused reset(uint8_t fill);
    Refused input(const InputHead& head, const uint8_t* bytes, uint32_t count);
    /// Runs the model once, or returns the result of that invoke again. Calls `alive` with the
    /// number of operators done, at most twice a second.
    Refused run(const Run& asked, RunResult& result, void (*alive)(void*, uint32_t), void* context);
    /// Rows of the last run.
    uint32_t rowCount() const { return m_result.rows; }
    const Row* rows() const { return m_rows; }

private:
    enum class Stage : uint8_t { Empty, Receiving, Prepared, Reset };

    const uint8_t* programBytes() const;
    const runtime::Program& program() const {
        return *reinterpret_cast<const runtime::Program*>(programBytes());
    }
    uint32_t inputsChecksum() const;
    uint32_t usedArena() const;

    Stage m_stage = Stage::Empty;
    Begin m_announced;
    uint32_t m_received = 0;
    runtime::Memory m_memory;
    Row* m_rows = nullptr;
    uint8_t m_fill = 0;
    uint32_t m_invokes = 0;  ///< since reset()
    RunResult m_result;      ///< of the last
};

}  // namespace firmware
