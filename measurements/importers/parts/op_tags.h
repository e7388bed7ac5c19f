// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names of operators in logs.

#include <string>
#include <string_view>

namespace importers {

/// True for the name of a builtin operator: "CONV_2D".
bool isOpTag(std::string_view tag);

/// Converts a layer's name to TFLite's operator: "conv2d" and "Conv2D" become "CONV_2D". Unknown
/// names are returned unchanged.
std::string opTag(std::string_view layerName);

}  // namespace importers
