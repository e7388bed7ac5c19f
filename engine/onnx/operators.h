// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: which function converts which ONNX operator. A family's function returns
// null for operators of other families.

#include <string>

#include "onnx/conversion.h"

namespace onnx {

using Converter = void (*)(Conversion&, const Node&);

Converter quantizationConverter(const std::string& op);
Converter convolutionConverter(const std::string& op);
Converter poolConverter(const std::string& op);
Converter denseConverter(const std::string& op);
Converter unaryConverter(const std::string& op);
Converter binaryConverter(const std::string& op);
Converter movementConverter(const std::string& op);
Converter reduceConverter(const std::string& op);
Converter resizeConverter(const std::string& op);
Converter normalizeConverter(const std::string& op);

/// Refuses operators of foreign domains and those without a converter.
Converter converterOf(const Node& node);

}  // namespace onnx
