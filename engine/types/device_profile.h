// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DeviceProfile: one board with one runtime, as data: its clock, flash and SRAM, and the cost of
// its kernels. Profiles are JSON files in resources/devices; cost/device_file reads them. Every
// figure has a source.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace types {

/// Cycles per trip of a loop, and the loop's name (cost/terms/kernel_terms.h).
struct TermCost {
    std::string term;  ///< "mac", "output", "block, 4 columns unaligned", ...
    double cycles = 0;
};

/// Cost of one class of kernels: cycles = sum over the terms of trips x cycles per trip. The terms
/// are those of a code path, or the plain ones that every operator has: "mac", "output" (elements
/// of all outputs), "input" (elements of the data input), "call".
struct KernelCost {
    /// OpKind name, optionally with a path: "CONV_2D/1x1", "CONV_2D/im2col",
    /// "DEPTHWISE_CONV_2D/3x3", "ADD", ...; "*" for every op without a row of its own.
    std::string kernel;
    std::string dtype;  ///< "int8", "float32", "int16"; "int4" for 4-bit weights; "*" for any
    std::vector<TermCost> terms;
    /// Uncertainty of the terms: the inverse normal matrix of relative errors, lower triangle row
    /// by row; empty: unknown, and the band is equal for all shapes.
    std::vector<double> inverse;
    double relativeError = 0;  ///< half width of the 90 % band, as a share of the latency
    int32_t layers = 0;        ///< layers of this board that the row was fitted to; 0: taken over
    std::string source;
};

/// Power while one kind of operator runs.
struct PowerCost {
    std::string op;     ///< OpKind name
    std::string dtype;  ///< as in KernelCost
    double milliwatts = 0;
    double relativeError = 0;  ///< half width of the 90 % band
    std::string source;
};

/// A separate RAM region: "DTCM", "SRAM1", "PSRAM".
struct MemoryRegion {
    std::string name;
    int64_t bytes = 0;
    std::string source;
};

/// One line of the flash or SRAM budget beside the model itself.
struct ReservedMemory {
    std::string what;  ///< "TFLM runtime and kernels", "stack"
    int64_t bytes = 0;
    std::string source;
    bool isUsers = false;  ///< set by the user, not by the profile
};

struct DeviceProfile {
    std::string id;    ///< "nucleo-f446re"
    std::string name;  ///< "NUCLEO-F446RE"
    std::string soc;
    std::string core;     ///< "Cortex-M4"
    std::string runtime;  ///< "TFLM + CMSIS-NN"
    double clockMhz = 0;
    int64_t flashBytes = 0, sramBytes = 0;
    std::vector<ReservedMemory> reservedFlash, reservedSram;
    double activePowerMw = 0;             ///< while inferring; 0: unknown
    double activePowerRelativeError = 0;  ///< half width of the 90 % band
    std::string powerSource;
    std::vector<PowerCost> power;  ///< by operator, where traces exist; else activePowerMw
    double sleepPowerMw = 0;       ///< between inferences; 0: unknown
    /// Parts of sramBytes, in order of preference for an arena; empty: one region.
    std::vector<MemoryRegion> regions;
    std::vector<KernelCost> kernels;
    std::string source;  ///< source of the board's and the kernels' figures
};

using DevicePtr = std::shared_ptr<const DeviceProfile>;

}  // namespace types
