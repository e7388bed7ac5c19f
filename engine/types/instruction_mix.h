// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// InstructionMix: the instruction counts of a layer, collected from a session's measurements:
// instructions ("#3 CONV_2D"), their classes ("#3 CONV_2D/loads") and the layer's MACs ("#3
// CONV_2D/MACs"). A plain value; runners and importers write these keys, and tables and charts read
// them here.
//
// Counts are means over inferences, so that the classes still sum to the total.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "types/session.h"

namespace types {

/// Every instruction belongs to exactly one class (measurements/qemu_plugin/instruction_class.h).
inline constexpr std::array<const char*, 6> kInstructionClasses = {
    "loads", "stores", "multiply-accumulates", "branches taken", "branches not taken", "other"};
inline constexpr const char* kMacsOfLayer = "MACs";

struct InstructionMix {
    std::optional<int32_t> layer;  ///< not set: the whole inference
    std::string op;
    double instructions = 0;
    /// In the order of kInstructionClasses; not set where any of them was not counted.
    std::optional<std::array<double, kInstructionClasses.size()>> classes;
    std::optional<double> macs;
    std::optional<double> cycles, latencyUs;  ///< estimated from the counts

    std::optional<double> instructionsPerMac() const {
        if (!macs || *macs <= 0) return std::nullopt;
        return instructions / *macs;
    }
    /// How many of the instructions are of this class; unknown where classes were not counted.
    std::optional<double> percentOf(size_t instructionClass) const {
        if (!classes || instructions <= 0) return std::nullopt;
        return 100 * (*classes)[instructionClass] / instructions;
    }
};

/// Returns the whole first, where it was counted, then the layers in the session's order; empty for
/// a session without instructions.
std::vector<InstructionMix> instructionMixes(const Session& session);

/// "#3 CONV_2D/loads".
std::string keyWithin(const std::string& key, const char* part);
/// "/loads" of the measurement "#3 CONV_2D/loads"; empty for the layer itself.
std::string partOf(const Measurement& measurement);

}  // namespace types
