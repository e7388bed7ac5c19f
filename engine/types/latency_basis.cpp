// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/latency_basis.h"

#include <algorithm>
#include <array>

#include "types/number_text.h"
#include "types/target.h"

namespace types {
namespace {

/// Cycles of counted instructions (runners/board_cycles.h): not a latency of an operator.
bool isOperator(const KernelCost& row) {
    return row.kernel != "instruction";
}

bool isOf(std::string_view kernel, std::string_view op) {
    return kernel.starts_with(op) && (kernel.size() == op.size() || kernel[op.size()] == '/');
}

std::string percent(double share) {
    return digits(100 * share, 2);
}

}  // namespace

LatencyBasis basisOf(const DeviceProfile& device) {
    if (measuredLayers(device) > 0) return LatencyBasis::Layers;
    const bool any = std::any_of(device.kernels.begin(), device.kernels.end(), isOperator);
    return any ? LatencyBasis::OtherBoard : LatencyBasis::None;
}

const char* nameOf(LatencyBasis basis) {
    constexpr std::array<const char*, 3> kNames = {"none", "other board", "layers"};
    return kNames[static_cast<size_t>(basis)];
}

int32_t measuredLayers(const DeviceProfile& device) {
    int32_t layers = 0;
    for (const KernelCost& row : device.kernels)
        if (isOperator(row)) layers += row.layers;
    return layers;
}

std::string basisText(const DeviceProfile& device) {
    switch (basisOf(device)) {
        case LatencyBasis::None:
            return "no published layers";
        case LatencyBasis::OtherBoard:
            return "no layers of this board: " + device.source;
        case LatencyBasis::Layers:
            break;
    }
    return grouped(measuredLayers(device)) + " layers of this board: " + device.source;
}

BandSpan bandsOf(const DeviceProfile& device, std::string_view op) {
    BandSpan span;
    for (const KernelCost& row : device.kernels) {
        if (!isOf(row.kernel, op) || (row.dtype != "int8" && row.dtype != "*")) continue;
        const bool first = span.greatest == 0;
        span.least = first ? row.relativeError : std::min(span.least, row.relativeError);
        span.greatest = std::max(span.greatest, row.relativeError);
    }
    return span;
}

std::string bandsText(const DeviceProfile& device) {
    std::string text;
    for (const char* op : {"CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"}) {
        const BandSpan span = bandsOf(device, op);
        if (span.greatest == 0) continue;
        const std::string least = percent(span.least), greatest = percent(span.greatest);
        text += (text.empty() ? "bands: " : ", ") + std::string(op) + " ± " +
                (least == greatest ? least : least + " to " + greatest) + " %";
    }
    return text;
}

std::string tenLayersText(const DeviceProfile& device) {
    const std::string how =
        "Ten measured layers, with " + priorFor(device) + " as the profile known beforehand, ";
    switch (isaOf(device.core)) {
        case Isa::Dsp:
            return how +
                   "predicted the other layers of three Cortex-M4 and M33 boards with mean errors "
                   "of 1.4 to 3.4 %, nine in ten within 10 %.";
        case Isa::Mve:
            return how + "were not tried: no layers of two boards with vectors are published.";
        case Isa::Portable:
            break;
    }
    return how +
           "predicted the other plain kernels of a Cortex-M4 with a mean error of 1.0 %, nine in "
           "ten within 1.4 %. On a core like this one it was not tried.";
}

std::string priorFor(const DeviceProfile& device) {
    switch (isaOf(device.core)) {
        case Isa::Dsp:
            return "nucleo-f446re";
        case Isa::Mve:
            return "emulated-m55";
        case Isa::Portable:
            break;
    }
    return "emulated-m4-ref";
}

}  // namespace types
