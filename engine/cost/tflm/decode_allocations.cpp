// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/decode_allocations.h"

#include <algorithm>

#include "analysis/decode.h"

namespace cost {
namespace {

using analysis::DecodeMethod;

/// A table of virtual functions, two pointers, and the fields of the method.
int64_t stateBytes(DecodeMethod method, bool isHost) {
    switch (method) {
        case DecodeMethod::Lut:
            return isHost ? 72 : 36;
        case DecodeMethod::Huffman:
            return isHost ? 56 : 28;
        case DecodeMethod::Pruning:
            break;
    }
    return isHost ? 80 : 40;
}

}  // namespace

std::vector<int64_t> decodeAllocations(const types::Graph& graph, const types::Op& op,
                                       TflmBuild build) {
    std::vector<int64_t> sizes;
    if (!analysis::isDecode(graph, op)) return sizes;
    sizes.push_back(tflmSizes(build).pointer * static_cast<int64_t>(op.outputs.size()));
    for (size_t i = 0; i < op.outputs.size(); ++i) {
        const auto method = analysis::decodeMethod(graph.constantData(op.inputs[2 * i + 1]).view());
        if (!method) continue;
        sizes.push_back(stateBytes(*method, build == TflmBuild::Host64));
        if (*method != DecodeMethod::Pruning) continue;
        const types::Tensor& output = graph.tensor(op.outputs[i]);
        const auto zeros = analysis::pruningZeros(output);
        const bool isZero = std::ranges::all_of(zeros, [](int64_t zero) { return zero == 0; });
        if (output.quantization.perChannel() && !isZero)
            sizes.push_back(static_cast<int64_t>(output.quantization.scale.size()));
    }
    return sizes;
}

}  // namespace cost
