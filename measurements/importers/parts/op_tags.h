// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Names by which logs call operators.

#include <string>
#include <string_view>

namespace importers {

/// True for the name of a builtin operator: "CONV_2D".
bool isOpTag(std::string_view tag);

/// A layer's name in the words of TFLite: "conv2d" and "Conv2D" become "CONV_2D". Names that are
/// not known stay as they are.
std::string opTag(std::string_view layerName);

}  // namespace importers
