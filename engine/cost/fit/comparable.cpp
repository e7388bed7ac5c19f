// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/fit/comparable.h"

#include <cctype>
#include <cmath>

#include "types/number_text.h"
#include "types/target.h"

namespace cost {
namespace {

using types::Conditions;
using types::DeviceProfile;
using types::MeasurementSource;

/// Clocks may differ by the rounding of a log.
constexpr double kClockTolerance = 0.005;

std::string lettersIn(const std::string& text) {
    std::string letters;
    for (unsigned char c : text)
        if (std::isalnum(c) || c == '+') letters += static_cast<char>(std::tolower(c));
    return letters;
}

/// "m4" of "Cortex-M4F", "M4" or "cortex-m4 (FPU)", "m0+" of "Cortex-M0+"; all letters of a core
/// that is no Cortex-M.
std::string coreOf(const std::string& text) {
    const std::string letters = lettersIn(text);
    const size_t begin = letters.starts_with("cortexm") ? 6 : letters.starts_with("m") ? 0 : 1;
    size_t end = begin + 1;
    while (end < letters.size() && std::isdigit(static_cast<unsigned char>(letters[end])))
        ++end;
    if (begin == 1 || end == begin + 1) return letters;
    if (end < letters.size() && letters[end] == '+') ++end;
    return letters.substr(begin, end - begin);
}

/// "NUCLEO-L496ZG" of "NUCLEO-L496ZG (reference kernels)".
std::string boardOf(const DeviceProfile& device) {
    return lettersIn(device.name.substr(0, device.name.find(" (")));
}

/// Tables name a board by its name, "STM32L552 (NUCLEO-L552ZE-Q)", or by its chip.
bool isBoard(const std::string& named, const DeviceProfile& device) {
    const std::string letters = lettersIn(named);
    return letters.find(boardOf(device)) != std::string::npos || letters == lettersIn(device.id) ||
           letters == lettersIn(device.soc);
}

/// The makers of kernels; empty: the text names none of them.
std::string kernelsIn(const std::string& text) {
    const std::string letters = lettersIn(text);
    const auto has = [&](const char* part) { return letters.find(part) != std::string::npos; };
    if (has("cube")) return "X-CUBE-AI";
    if (has("cmsis")) return "CMSIS-NN";
    if (has("espnn")) return "ESP-NN";
    return has("ref") || letters == "none" ? "reference kernels" : "";
}

std::string kernelsOf(const Conditions& measured) {
    if (measured.runtime != types::kNetcaliperRuntime) {
        const std::string kernels = kernelsIn(measured.kernels);
        return kernels.empty() ? kernelsIn(measured.runtime) : kernels;
    }
    const bool isPlain = kernelsIn(measured.kernels) == "reference kernels";
    return isPlain ? "reference kernels" : std::string(types::kNetcaliperRuntime);
}

std::string kernelsOf(const DeviceProfile& device) {
    if (types::runtimeOf(device) == types::Runtime::Netcaliper) return device.runtime;
    const std::string kernels = kernelsIn(device.runtime);
    return kernels.empty() ? "reference kernels" : kernels;
}

/// Whether board and emulator agree, and the names of the boards.
std::string whyNotOfBoard(const Conditions& measured, bool isCounted, const DeviceProfile& device) {
    if (measured.source == MeasurementSource::Host) return "measured on a computer";
    const bool isEmulated = isCounted || measured.source == MeasurementSource::Emulator;
    if (isEmulated && !types::isEmulated(device)) return "counted by an emulator";
    if (isEmulated || measured.board.empty() || isBoard(measured.board, device)) return {};
    return "measured on " + measured.board;
}

}  // namespace

std::string whyNotComparable(const Conditions& measured, bool isCounted,
                             const DeviceProfile& device) {
    if (std::string why = whyNotOfBoard(measured, isCounted, device); !why.empty()) return why;
    if (!measured.core.empty() && coreOf(measured.core) != coreOf(device.core))
        return "measured on core " + measured.core;
    const std::string kernels = kernelsOf(measured);
    if (!kernels.empty() && kernels != kernelsOf(device)) return "measured with " + kernels;
    const bool hasClock = measured.clockMhz > 0 && !types::isEmulated(device);
    if (hasClock && std::abs(measured.clockMhz / device.clockMhz - 1) > kClockTolerance)
        return "measured at " + types::digits(measured.clockMhz) + " MHz";
    return {};
}

bool namesBoard(const Conditions& measured, const DeviceProfile& device) {
    if (types::isEmulated(device)) return !measured.core.empty();
    return !measured.board.empty() && isBoard(measured.board, device);
}

}  // namespace cost
