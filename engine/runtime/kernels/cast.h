// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CAST between element types: integers wrap, floats truncate towards zero (saturating at 32 or 64
// bits), every value but zero converts to true.

#include <stdint.h>

namespace runtime {

enum class CastType : int32_t { Float32, Int8, UInt8, Int16, Int32, Int64, Bool, UInt32 };

struct CastParams {
    CastType from{}, to{};
    int32_t elements = 0;
};

}  // namespace runtime
