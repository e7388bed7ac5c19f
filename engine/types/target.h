// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Target: for what a model is planned, lowered, costed and exported: the instructions of a core,
// and the runtime whose figures a profile holds. Every room asks here, so that all of them answer
// alike for a board.
//
// Source: Arm's technical reference manuals of the Cortex-M cores. The DSP extension and Helium
// (MVE) are options of some cores; those of this table are taken as built with them.

#include <cstdint>
#include <span>
#include <string_view>

#include "types/device_profile.h"

namespace types {

/// Instructions of which kernels make use; a Program is packed for one of them.
enum class Isa : int8_t {
    Portable,  ///< plain C++, runs everywhere
    Dsp,       ///< Armv7E-M and the DSP extension of Armv8-M: two multiplications of 16 bits
    Mve,       ///< vectors of 128 bits
};

struct Core {
    std::string_view name;  ///< "Cortex-M4"
    Isa isa;
};

/// All Cortex-M cores.
std::span<const Core> knownCores();

/// By name, in any case and with anything behind it that is not a digit ("Cortex-M4F", "cortex-m33
/// (FPU)"). Portable for every other core.
Isa isaOf(std::string_view core);

/// What runs the model on the board.
enum class Runtime : int8_t {
    Tflm,        ///< reads the .tflite file, plans its arena greedily
    Netcaliper,  ///< our own: reads a Program, plans in place
};

/// Our own runtime in DeviceProfile::runtime; all other names are of TFLM or derived from it.
constexpr std::string_view kNetcaliperRuntime = "Netcaliper";

Runtime runtimeOf(std::string_view name);
/// The one whose figures the profile holds.
Runtime runtimeOf(const DeviceProfile& device);
/// Tflm where there is no device.
Runtime runtimeOf(const DevicePtr& device);

}  // namespace types
