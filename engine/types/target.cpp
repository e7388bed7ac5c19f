// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/target.h"

#include <algorithm>
#include <cctype>

namespace types {
namespace {

constexpr Core kCores[] = {
    {"Cortex-M0", Isa::Portable, "CMSIS-NN"},    {"Cortex-M0+", Isa::Portable, "CMSIS-NN"},
    {"Cortex-M1", Isa::Portable, "CMSIS-NN"},    {"Cortex-M3", Isa::Portable, "CMSIS-NN"},
    {"Cortex-M4", Isa::Dsp, "CMSIS-NN"},         {"Cortex-M7", Isa::Dsp, "CMSIS-NN"},
    {"Cortex-M23", Isa::Portable, "CMSIS-NN"},   {"Cortex-M33", Isa::Dsp, "CMSIS-NN"},
    {"Cortex-M35P", Isa::Dsp, "CMSIS-NN"},       {"Cortex-M52", Isa::Mve, "CMSIS-NN"},
    {"Cortex-M55", Isa::Mve, "CMSIS-NN"},        {"Cortex-M85", Isa::Mve, "CMSIS-NN"},
    {"Xtensa LX6", Isa::Portable, "ESP-NN"},     {"Xtensa LX7", Isa::Portable, "ESP-NN"},
    {"RISC-V RV32IMC", Isa::Portable, "ESP-NN"}, {"RISC-V RV32IMAFC", Isa::Portable, "ESP-NN"},
};

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool startsAlike(std::string_view text, std::string_view start) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

/// Null for a core that is not known.
const Core* find(std::string_view core) {
    for (const Core& known : kCores) {
        const size_t length = known.name.size();
        if (startsAlike(core, known.name) && (core.size() == length || !isDigit(core[length])))
            return &known;
    }
    return nullptr;
}

}  // namespace

std::span<const Core> knownCores() {
    return kCores;
}

Isa isaOf(std::string_view core) {
    const Core* known = find(core);
    return known ? known->isa : Isa::Portable;
}

std::string_view optimisedKernelsOf(std::string_view core) {
    const Core* known = find(core);
    return known ? known->library : std::string_view();
}

Runtime runtimeOf(std::string_view name) {
    return name == kNetcaliperRuntime ? Runtime::Netcaliper : Runtime::Tflm;
}

Runtime runtimeOf(const DeviceProfile& device) {
    return runtimeOf(device.runtime);
}

Runtime runtimeOf(const DevicePtr& device) {
    return device ? runtimeOf(*device) : Runtime::Tflm;
}

bool isEmulated(const DeviceProfile& device) {
    return device.soc == "none";
}

}  // namespace types
