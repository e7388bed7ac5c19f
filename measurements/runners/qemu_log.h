// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Parses the output of the emulator: the firmware's log (firmware/run_job.cpp describes its lines)
// and the counts of the plugin, one line per operator and invoke.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace runners {

struct QemuLog {
    std::string version, compiler, flags;   ///< how the image was made; empty: an older one
    std::vector<int32_t> ops;               ///< in the order of the last invoke
    std::map<int32_t, uint32_t> checksums;  ///< by tensor
    std::optional<uint32_t> status;         ///< not set: the log is incomplete
    /// RAM beside arena and state: static data of the firmware, deepest use of its stack.
    struct Memory {
        uint32_t staticBytes = 0, stackBytes = 0;
    };
    std::optional<Memory> memory;
    struct Fault {
        uint32_t exception = 0, status = 0;  ///< of a Cortex-M
        std::optional<uint32_t> address;
        std::optional<int32_t> op;
        std::optional<uint32_t> cause = {};  ///< mcause of a RISC-V core, in place of the first two
    };
    std::optional<Fault> fault;
};

QemuLog readQemuLog(const std::string& text);

/// Executed instructions of one operator.
struct InstructionCounts {
    int64_t total = 0, loads = 0, stores = 0, multiplyAccumulates = 0, branchesTaken = 0,
            branchesNotTaken = 0, other = 0;

    bool operator==(const InstructionCounts&) const = default;
};

/// Reads the rows of the plugin's file in order; stops at an incomplete line.
std::vector<InstructionCounts> readCounts(const std::string& text);

}  // namespace runners
