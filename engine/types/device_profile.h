// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DeviceProfile: one board with one runtime, as data: what it has (clock, flash, SRAM) and what
// its kernels cost. Profiles are JSON files in resources/devices; cost/device_file reads them.
// Every figure names its source.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace types {

/// Cost of one class of kernels: cycles = perCall + perMac * MACs + perOutput * output elements +
/// perInput * elements of the input that carries the data (im2col and pooling read each often).
struct KernelCost {
    /// OpKind name, optionally narrowed: "CONV_2D/1x1", "CONV_2D/kxk", "CONV_2D/few-channels",
    /// "DEPTHWISE_CONV_2D", "ADD", ...; "*" stands for every op without a row of its own.
    std::string kernel;
    std::string dtype;  ///< "int8", "float32", "int16"; "*" for any
    double cyclesPerMac = 0, cyclesPerOutput = 0, cyclesPerInput = 0, cyclesPerCall = 0;
    double relativeError = 0;  ///< half width of the ~90 % band, as a share of the latency
    std::string source;
};

/// One line of the flash or SRAM budget beside the model itself.
struct ReservedMemory {
    std::string what;  ///< "TFLM runtime and kernels", "stack"
    int64_t bytes = 0;
    std::string source;
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
    double activePowerRelativeError = 0;  ///< half width of the ~90 % band
    std::string powerSource;
    std::vector<KernelCost> kernels;
    std::string source;  ///< where the board's and the kernels' figures come from
};

using DevicePtr = std::shared_ptr<const DeviceProfile>;

}  // namespace types
