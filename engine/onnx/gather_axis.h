// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: constant indices along one axis.

#include "onnx/conversion.h"

namespace onnx {

/// The slices of a tensor with these indices along axis `place` of its memory: as SLICE where they
/// are consecutive, else as GATHER.
int32_t gathered(Conversion& c, const std::string& name, int32_t tensor, size_t place,
                 const std::vector<int32_t>& indices);

}  // namespace onnx
