// SPDX-License-Identifier: GPL-3.0-or-later
#include "onnx/operators.h"

namespace onnx {

Converter converterOf(const Node& node) {
    constexpr const char* kRemedy = "export the model without it, or ask for it";
    // The quantizers of ONNX Runtime put these two into their own domain for 16 and 4 bits.
    const bool isKnownDomain =
        node.domain.empty() || (node.domain == "com.microsoft" &&
                                (node.op == "QuantizeLinear" || node.op == "DequantizeLinear"));
    if (!isKnownDomain) refuse(node, "is an operator of the domain " + node.domain, kRemedy);
    for (const auto& [key, attribute] : node.attributes)
        if (attribute.isGraph) refuse(node, "is control flow with a graph of its own", kRemedy);
    for (auto family : {quantizationConverter, convolutionConverter, poolConverter, denseConverter,
                        unaryConverter, binaryConverter, movementConverter, reduceConverter,
                        resizeConverter, normalizeConverter})
        if (const Converter converter = family(node.op)) return converter;
    refuse(node, "has no counterpart among the runtime's operators", kRemedy);
}

}  // namespace onnx
