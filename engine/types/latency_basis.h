// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LatencyBasis: what the latencies of a device profile rest on, in words: layers measured on the
// board, rows of another board, or nothing; and what ten measured layers would give.

#include <string>
#include <string_view>

#include "types/device_profile.h"

namespace types {

enum class LatencyBasis : int8_t {
    None,        ///< no figures: nothing about the board's kernels is published
    OtherBoard,  ///< rows of another board, most of them times factors from this board's models
    Layers,      ///< fitted to layers of this board
};

LatencyBasis basisOf(const DeviceProfile& device);

/// "none", "other board", "layers"
const char* nameOf(LatencyBasis basis);

/// Number of measured layers behind the profile.
int32_t measuredLayers(const DeviceProfile& device);

/// "871 layers of this board", "no layers of this board: ...", "no published layers".
std::string basisText(const DeviceProfile& device);

/// Least and greatest half width of the 90 % bands of the int8 rows of an operator, as shares; both
/// 0: it has no row.
struct BandSpan {
    double least = 0, greatest = 0;
};
BandSpan bandsOf(const DeviceProfile& device, std::string_view op);

/// "bands: CONV_2D ± 1.4 to 30 %, ..."; empty without latencies.
std::string bandsText(const DeviceProfile& device);

/// What ten measured layers of the board would give, as far as it was tried. The figures are those
/// of resources/devices/README.md.
std::string tenLayersText(const DeviceProfile& device);

/// Id of the bundled profile that is known beforehand when few layers of the board are measured:
/// one whose kernels have the same loops.
std::string priorFor(const DeviceProfile& device);

}  // namespace types
