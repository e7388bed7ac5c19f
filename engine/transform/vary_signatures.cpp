// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/vary_signatures.h"

#include <algorithm>
#include <set>

#include "tflite/edit_subgraphs.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Op;
using types::Result;
using types::Signature;
using types::Variation;

namespace {

std::set<uint32_t> weightBuffers(const Graph& graph) {
    std::set<uint32_t> buffers;
    for (const Op& op : graph.ops)
        for (int32_t t : op.inputs)
            if (t >= 0 && graph.isConstant(t)) buffers.insert(graph.tensor(t).buffer);
    return buffers;
}

bool sharesWeights(const Graph& a, const Graph& b) {
    const auto own = weightBuffers(a);
    const auto others = weightBuffers(b);
    return std::ranges::any_of(own, [&](uint32_t buffer) { return others.contains(buffer); });
}

/// The buffers of an operator's constants, in order of the operands.
std::vector<uint32_t> constantsOf(const Graph& graph, const Op& op) {
    std::vector<uint32_t> buffers;
    for (int32_t t : op.inputs)
        if (t >= 0 && graph.isConstant(t)) buffers.push_back(graph.tensor(t).buffer);
    return buffers;
}

bool haveSameOps(const Graph& a, const Graph& b) {
    return std::ranges::equal(a.ops, b.ops, {}, &Op::kind, &Op::kind);
}

/// Names the first tensor of `original` whose shared data the two variations made unlike: channels
/// were chosen by more than the weights. Data that quantization made are not compared, because
/// biases follow the activations of each signature.
std::string firstUnlike(const Graph& original, const Graph& varied, const Graph& otherOriginal,
                        const Graph& other) {
    const auto limit = std::min(varied.tensors.size(), original.tensors.size());
    for (size_t t = 0; t < limit; ++t) {
        const auto index = static_cast<int32_t>(t);
        const uint32_t buffer = original.tensor(index).buffer;
        if (!original.isConstant(index) || varied.tensor(index).shape.empty()) continue;
        for (size_t o = 0; o < std::min(otherOriginal.tensors.size(), other.tensors.size()); ++o) {
            const auto otherIndex = static_cast<int32_t>(o);
            if (otherOriginal.tensor(otherIndex).buffer != buffer) continue;
            const bool isKept = varied.isConstant(index) && other.isConstant(otherIndex);
            if (isKept && varied.tensor(index).shape != other.tensor(otherIndex).shape)
                return types::tensorLabel(original, index);
        }
    }
    return {};
}

bool differInBatchOnly(const Graph& a, const Graph& b) {
    if (a.inputs.size() != b.inputs.size()) return false;
    for (size_t i = 0; i < a.inputs.size(); ++i) {
        const types::Shape& left = a.tensor(a.inputs[i]).shape;
        const types::Shape& right = b.tensor(b.inputs[i]).shape;
        if (left.size() != right.size() || left.empty() ||
            !std::equal(left.begin() + 1, left.end(), right.begin() + 1) || right[0] <= 0)
            return false;
    }
    return true;
}

}  // namespace

calibration::RealInputsPtr samplesFor(const Graph& original, const Graph& other,
                                      const calibration::RealInputsPtr& given) {
    if (!given || given->empty() || !differInBatchOnly(original, other)) return nullptr;
    auto result = std::make_shared<calibration::RealInputs>();
    result->source = given->source;
    const size_t inputs = other.inputs.size();
    size_t count = given->samples.size();
    for (size_t i = 0; i < inputs; ++i) {
        const auto wanted = static_cast<size_t>(other.tensor(other.inputs[i]).elements());
        const size_t all = given->samples.size() * given->samples[0][i].size();
        count = std::min(count, std::max<size_t>(1, all / std::max<size_t>(wanted, 1)));
    }
    result->samples.assign(count, calibration::RealSample(inputs));
    for (size_t i = 0; i < inputs; ++i) {
        const auto wanted = static_cast<size_t>(other.tensor(other.inputs[i]).elements());
        const size_t length = given->samples[0][i].size();
        for (size_t s = 0; s < count; ++s)
            for (size_t e = 0; e < wanted; ++e) {
                const size_t at = s * wanted + e;
                result->samples[s][i].push_back(
                    given->samples[at / length % given->samples.size()][i][at % length]);
            }
    }
    return result;
}

Variation forSignature(const Graph& original, const Graph& other, const Variation& variation) {
    Variation result = variation;
    result.layers.clear();
    const bool isTwin = haveSameOps(original, other);
    for (const auto& [layer, knobs] : variation.layers) {
        const auto op = std::ranges::find(original.ops, layer, &Op::origin);
        if (op == original.ops.end()) continue;
        const auto place = static_cast<size_t>(op - original.ops.begin());
        const auto constants = constantsOf(original, *op);
        for (size_t i = 0; i < other.ops.size(); ++i)
            if (isTwin ? i == place
                       : !constants.empty() && constantsOf(other, other.ops[i]) == constants)
                result.layers[other.ops[i].origin] = knobs;
    }
    return result;
}

Result<GraphPtr> varyOtherSignatures(const Graph& original, const GraphPtr& varied,
                                     const Variation& variation, const VaryOne& vary,
                                     std::vector<std::string>& changes) {
    std::vector<tflite::VariedSubgraph> others;
    std::set<int32_t> done = {0};
    for (const Signature& signature : original.signatures) {
        if (!done.insert(signature.subgraph).second) continue;
        const std::string name = "signature '" + signature.name + "'";
        const auto other = tflite::otherSignature(original, signature);
        if (!other) return types::fail(other.error().what, name, other.error().remedy);
        if (!sharesWeights(original, **other)) {
            changes.push_back(name + " shares no weights with this one and stays as it is");
            continue;
        }
        std::vector<std::string> own;
        auto alike = vary(*other, forSignature(original, **other, variation), own);
        if (!alike)
            return types::fail(alike.error().what, name + ", " + alike.error().where,
                               "vary this signature alone: --drop-signatures");
        const std::string unlike = firstUnlike(original, *varied, **other, **alike);
        if (!unlike.empty())
            return types::fail("loses other channels of shared weights than this signature",
                               name + ", " + unlike, "vary one alone: --drop-signatures");
        changes.push_back(name + " is varied alike");
        if (*alike != *other) others.push_back({signature.subgraph, *alike});
    }
    return tflite::joined(original, *varied, others);
}

}  // namespace transform
