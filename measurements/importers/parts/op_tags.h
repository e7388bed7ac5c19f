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

/// Completes the name of a builtin operator that a tool cut to its first twelve or more characters
/// ("DEPTHWISE_CO"); other names are returned unchanged.
std::string completedTag(std::string_view tag);

}  // namespace importers
