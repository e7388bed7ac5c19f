// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DeviceProfile: one board with one runtime, as data: its clock, flash and SRAM, and the cost of
// its kernels. Profiles are JSON files in resources/devices; cost/device_file reads them. Every
// figure has a source.

#include <array>
#include <cstddef>
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
    /// The same for each term's part of the latency, in the order of `terms`; empty: relativeError
    /// for all.
    std::vector<double> termErrors;
    int32_t layers = 0;  ///< layers of this board that the row was fitted to; 0: taken over
    double largest = 0;  ///< cycles of the largest of them; 0: unknown
    std::string loops;   ///< fingerprint of the terms that it was fitted with; empty: unknown
    std::string source;
    /// Fingerprints of the layers fitted to (cost/fit/observation.h), ascending; empty: not
    /// recorded.
    std::vector<uint32_t> fittedTo;
};

/// How errors of layers add up to that of a whole model: the half width of its 90 % band is the
/// root of (independent x root sum of squares of the layers' half widths)^2 + (common x latency)^2.
struct ModelBand {
    double independent = 1;
    double common = 0.05;  ///< assumed where no whole model was measured
    int32_t networks = 0;  ///< whole models that were not fitted, and calibrate both; 0: none
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

/// What a region of memory serves.
enum class RegionUse : int8_t {
    Data,     ///< RAM that can hold an arena
    Code,     ///< RAM of instructions, a cache or another core: never an arena
    Flash,    ///< holds program and model; a profile's flash regions sum to flashBytes
    Storage,  ///< other non-volatile memory, beside flashBytes
};

/// Names in device files, in the order of RegionUse.
inline constexpr std::array<const char*, 4> kRegionUses = {"data", "code", "flash", "storage"};

constexpr const char* nameOf(RegionUse use) {
    return kRegionUses[static_cast<size_t>(use)];
}

/// A separate region of memory: "DTCM", "SRAM1", "PSRAM", "bank 2".
struct MemoryRegion {
    std::string name;
    int64_t bytes = 0;
    std::string source;
    RegionUse use = RegionUse::Data;
};

/// One line of the flash or SRAM budget beside the model itself.
struct ReservedMemory {
    std::string what;  ///< "TFLM runtime and kernels", "stack"
    int64_t bytes = 0;
    std::string source;
    bool isUsers = false;  ///< set by the user, not by the profile
};

struct DeviceProfile {
    std::string id;      ///< "nucleo-f446re"
    std::string name;    ///< "NUCLEO-F446RE"
    std::string vendor;  ///< "STMicroelectronics"; empty: emulated, or not known
    std::string soc;
    std::string core;     ///< "Cortex-M4"
    std::string runtime;  ///< "TFLM + CMSIS-NN"
    /// Releases that the kernels' figures stand for: "TFLM of mid-2020"; empty: unknown.
    std::string runtimeVersion;
    double clockMhz = 0;
    std::string clockSource;  ///< empty: that of the profile
    int64_t flashBytes = 0, sramBytes = 0;
    std::vector<ReservedMemory> reservedFlash, reservedSram;
    double activePowerMw = 0;             ///< while inferring; 0: unknown
    double activePowerRelativeError = 0;  ///< half width of the 90 % band
    std::string powerSource;
    std::vector<PowerCost> power;  ///< by operator, where traces exist; else activePowerMw
    double sleepPowerMw = 0;       ///< between inferences; 0: unknown
    /// RAM that can hold an arena, in order of preference: parts of sramBytes and external RAM;
    /// empty: one region of sramBytes.
    std::vector<MemoryRegion> regions;
    std::vector<MemoryRegion> otherRegions;  ///< memory that cannot: code RAM, flash, storage
    std::vector<KernelCost> kernels;
    ModelBand modelBand;
    std::string source;  ///< source of the board's and the kernels' figures
};

using DevicePtr = std::shared_ptr<const DeviceProfile>;

}  // namespace types
