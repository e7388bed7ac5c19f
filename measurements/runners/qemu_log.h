// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What comes back from the emulator: the firmware's log (firmware/run_job.cpp says its lines) and
// the counts of the plugin, one line per operator and invoke.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace runners {

struct QemuLog {
    std::vector<int32_t> ops;               ///< as they ran, in the last invoke
    std::map<int32_t, uint32_t> checksums;  ///< by tensor
    std::optional<uint32_t> status;         ///< not set: the log broke off
    /// RAM beside arena and state: data of the firmware, deepest use of its stack.
    struct Memory {
        uint32_t staticBytes = 0, stackBytes = 0;
    };
    std::optional<Memory> memory;
    struct Fault {
        uint32_t exception = 0, status = 0;
        std::optional<uint32_t> address;
        std::optional<int32_t> op;
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

/// Rows of the plugin's file in order; stops at a line that is cut off.
std::vector<InstructionCounts> readCounts(const std::string& text);

}  // namespace runners
