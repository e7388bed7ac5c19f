// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Target: the core's instructions and the runtime for which a model is planned, lowered, costed and
// exported. All rooms use these functions, so that they agree for a board.
//
// Sources: Arm's technical reference manuals of the Cortex-M cores. The DSP extension and Helium
// (MVE) are options of some cores; the table assumes that they are built in. The makefiles of
// tflite-micro and esp-tflite-micro for the kernels: CMSIS-NN has plain C for cores without DSP
// instructions; ESP-NN has vector kernels for ESP32-S3 and -P4, and plain C for ESP32 and -C3. Our
// own runtime has plain kernels on the cores of Espressif.

#include <cstdint>
#include <span>
#include <string_view>

#include "types/device_profile.h"

namespace types {

/// Instructions that kernels use; a Program is packed for one of them.
enum class Isa : int8_t {
    Portable,  ///< plain C++, runs everywhere
    Dsp,       ///< Armv7E-M and the DSP extension of Armv8-M: two multiplications of 16 bits
    Mve,       ///< vectors of 128 bits
};

struct Core {
    std::string_view name;     ///< "Cortex-M4"
    Isa isa;                   ///< of our own kernels for it
    std::string_view library;  ///< optimised kernels that TFLM builds for it: "ESP-NN"
};

/// All Cortex-M cores, and the other cores of the bundled boards.
std::span<const Core> knownCores();

/// Finds a core by name, ignoring case and any suffix without a digit ("Cortex-M4F", "cortex-m33
/// (FPU)"). Portable for every other core.
Isa isaOf(std::string_view core);
/// Optimised kernels that TFLM builds for the core; empty: the reference kernels alone.
std::string_view optimisedKernelsOf(std::string_view core);

/// The runtime on the board.
enum class Runtime : int8_t {
    Tflm,        ///< reads the .tflite file, plans its arena greedily
    Netcaliper,  ///< our own: reads a Program, plans in place
};

/// Name of our own runtime in DeviceProfile::runtime; all other names mean TFLM or a derivative.
constexpr std::string_view kNetcaliperRuntime = "Netcaliper";

Runtime runtimeOf(std::string_view name);
/// The runtime whose figures the profile holds.
Runtime runtimeOf(const DeviceProfile& device);
/// Tflm without a device.
Runtime runtimeOf(const DevicePtr& device);

/// True for a profile of an emulated machine: it has no chip, and its cycles are instructions.
bool isEmulated(const DeviceProfile& device);

}  // namespace types
