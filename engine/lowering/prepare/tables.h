// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: tables of functions for 16-bit codes (runtime/table16.h).

#include <cstdint>
#include <functional>
#include <vector>

namespace lowering {

/// Codes of one side of a table: real = scale * (code - zeroPoint).
struct CodeScale {
    float scale;
    int32_t zeroPoint;
};

/// 513 entries at steps of 128 codes. Each is shifted by half of the error in the middle of the
/// straight line to the next entry. Source: TFLite's LUTPopulate for int16, in float as there.
std::vector<int16_t> makeTable(CodeScale input, CodeScale output,
                               const std::function<float(float)>& function);

}  // namespace lowering
