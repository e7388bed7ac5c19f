// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KernelBuild: the kernels that TFLM is built with, their release and the core they are built
// for. The three decide the scratch of an operator, and with it the arena.
//
// Releases are listed once, in kernel_library.cpp; scratch formulas (cmsis_scratch, esp_scratch)
// compare them. Source: the tags of ARM-software/CMSIS-NN and espressif/esp-nn.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "types/device_profile.h"
#include "types/result.h"

namespace cost {

enum class KernelFamily : int8_t { Reference, CmsisNn, EspNn };

/// Builds of a library that differ in their scratch.
enum class KernelCore : int8_t {
    Plain,    ///< Cortex-M without DSP instructions: M0+, M3, M23
    Dsp,      ///< M4, M7, M33
    Mve,      ///< M55, M85
    Generic,  ///< ESP32, C3 and others: C for any core
    S3,       ///< ESP32-S3
    P4,       ///< ESP32-P4
};

/// A release as a number that grows with it: 1.2.3 is 10203.
using KernelVersion = int32_t;

constexpr KernelVersion kernelVersion(int32_t major, int32_t minor = 0, int32_t patch = 0) {
    return major * 10'000 + minor * 100 + patch;
}

struct KernelRelease {
    KernelFamily family;
    KernelVersion version;
    std::string_view name;    ///< "7.0"
    std::string_view source;  ///< "tag v7.0.0, November 2024"
};

/// In the order of release; empty for the reference kernels, which come with TFLM itself.
std::span<const KernelRelease> releasesOf(KernelFamily family);

struct KernelBuild {
    KernelFamily family = KernelFamily::CmsisNn;
    KernelVersion version = 0;
    KernelCore core = KernelCore::Dsp;

    bool operator==(const KernelBuild&) const = default;
};

/// "cmsis-nn", "esp-nn", "reference"; "ESP-NN".
std::string_view idOf(KernelFamily family);
std::string_view titleOf(KernelFamily family);
/// "m4 (DSP)", "esp32-s3": empty for the reference kernels.
std::string_view titleOf(KernelCore core);

/// "esp-nn@1.2.3 for esp32-s3".
std::string nameOf(const KernelBuild& library);

/// The newest release of CMSIS-NN on a Cortex-M4: that which TFLM of tflm_sizes.h downloads.
KernelBuild tflmsOwnLibrary();

/// Reads "cmsis-nn@7.0", "esp-nn@1.2" (the newest of 1.2), "esp-nn" (the newest), "reference". An
/// empty `core` means a Cortex-M4 or an ESP32-S3; else it is the core or chip of a board.
types::Result<KernelBuild> parseKernelBuild(const std::string& text, std::string_view core);

/// The library of a board's profile, in the release that it names, else the newest. Nothing for
/// another runtime, and for derivatives whose kernels are not known.
std::optional<KernelBuild> libraryOf(const types::DeviceProfile& device);

struct BoardKernels {
    types::DeviceProfile device;
    /// Why the latencies of the profile do not stand for these kernels, and are left out of
    /// `device`; empty: they do.
    std::string latencyGap;
};

/// The board with TFLM built with these kernels (parseKernelBuild()), whose scratch its arena then
/// has. An Error for a library that is not for the board's core.
types::Result<BoardKernels> withKernels(types::DeviceProfile device, const std::string& text);

/// All releases of a family for one core.
std::vector<KernelBuild> allReleases(KernelFamily family, KernelCore core);

/// The cores that a family distinguishes.
std::span<const KernelCore> coresOf(KernelFamily family);

}  // namespace cost
