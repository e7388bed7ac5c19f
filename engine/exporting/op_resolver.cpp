// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting/op_resolver.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace exporting {
namespace {

/// CONV_2D -> Conv2D: words in title case; a letter after a digit stays upper case.
std::string titleCase(const std::string& name) {
    std::string result;
    bool wordStart = true;
    for (char c : name) {
        if (c == '_') {
            wordStart = true;
            continue;
        }
        const bool upper = wordStart || std::isdigit(static_cast<unsigned char>(result.back()));
        result += upper ? c : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        wordStart = false;
    }
    return result;
}

/// SignalWindow -> Window.
std::string signalMethod(const std::string& name) {
    constexpr std::string_view kPrefix = "Signal";
    return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : titleCase(name);
}

/// Methods whose name is not the operator's name in title case.
const std::map<types::OpKind, std::string>& irregularMethods() {
    using types::OpKind;
    static const std::map<OpKind, std::string> methods = {
        {OpKind::BATCH_MATMUL, "BatchMatMul"},
        {OpKind::CUMSUM, "CumSum"},
        {OpKind::DETECTION_POSTPROCESS, "DetectionPostprocess"},
        {OpKind::L2_POOL_2D, "L2Pool2D"},
        {OpKind::SVDF, "Svdf"},
        {OpKind::TFLM_DECODE, "Decode"},
        {OpKind::UNIDIRECTIONAL_SEQUENCE_LSTM, "UnidirectionalSequenceLSTM"},
    };
    return methods;
}

}  // namespace

std::vector<std::string> resolverMethods(const types::Graph& graph) {
    std::vector<std::string> methods;
    for (const types::Op& op : graph.ops) {
        if (op.kind == types::OpKind::CUSTOM) continue;
        const auto irregular = irregularMethods().find(op.kind);
        const std::string method =
            "Add" + (irregular != irregularMethods().end() ? irregular->second
                                                           : signalMethod(opName(op.kind)));
        if (std::find(methods.begin(), methods.end(), method) == methods.end())
            methods.push_back(method);
    }
    return methods;
}

}  // namespace exporting
