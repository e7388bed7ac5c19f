// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of lowering: functions of 8-bit codes as tables of all 256 values, computed with the very
// arithmetic that TFLM applies to each element.

#include <cstdint>
#include <vector>

#include "lowering/prepare/op_view.h"

namespace lowering {

/// output code by input code + 128; refuses operators it has no function for.
std::vector<int8_t> codeTable(const OpView& op);

}  // namespace lowering
