// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Reads the options of custom operators, which are FlexBuffers: untrusted bytes. Writes those of
// operators that no file had.

#include <optional>
#include <span>

#include "types/op.h"

namespace tflite {

/// Returns the numbers of a map, or of a vector (then without names), in its order. A value that is
/// no number keeps its place as NaN. Nothing for bytes that are damaged or hold neither.
std::optional<types::CustomOptions> readCustomOptions(std::span<const uint8_t> bytes);

/// The bytes of a map; none for no numbers.
std::vector<uint8_t> packCustomOptions(const types::CustomOptions& options);

}  // namespace tflite
