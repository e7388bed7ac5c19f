// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: functions of 8-bit codes as tables of all 256 values, computed with the
// arithmetic that TFLM applies to each element.

#include <cstdint>
#include <vector>

#include "lowering/prepare/op_view.h"

namespace lowering {

/// Output code by input code + 128; refuses operators without a function here.
std::vector<int8_t> codeTable(const OpView& op);

}  // namespace lowering
