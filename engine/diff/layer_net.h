// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerNet: a graph's layers with their edges, without what precisions and compression put between
// them. QUANTIZE, DEQUANTIZE and operators on constants alone are links: an edge passes through
// them, so that a model before and after quantization has the same edges.
//
// Ownership: refers to the Graph, which must outlive it.

#include <cstdint>
#include <vector>

#include "types/graph.h"

namespace diff {

/// A model input as a producer.
constexpr int32_t asProducer(int32_t modelInput) {
    return -1 - modelInput;
}

struct LayerNet {
    const types::Graph* graph = nullptr;
    std::vector<int32_t> writer;  ///< per tensor: the operator that writes it; -1: none
    std::vector<bool> isLink;
    /// Per layer and activation operand, in order: the layer that writes it, or asProducer().
    std::vector<std::vector<int32_t>> producers;
    std::vector<std::vector<int32_t>> consumers;  ///< per layer, ascending; each once
    std::vector<int32_t> outputSlot;              ///< the model's output that it writes; -1: none
    /// The layers without links in an order that follows from the edges alone: depth first from
    /// the outputs, operands in their order, writers before readers.
    std::vector<int32_t> sequence;

    size_t size() const { return isLink.size(); }
    const types::Op& op(int32_t layer) const { return graph->ops[static_cast<size_t>(layer)]; }
    const std::vector<int32_t>& producersOf(int32_t layer) const {
        return producers[static_cast<size_t>(layer)];
    }
    const std::vector<int32_t>& consumersOf(int32_t layer) const {
        return consumers[static_cast<size_t>(layer)];
    }
};

LayerNet netOf(const types::Graph& graph);

/// The constant behind operand `operand`, also where links decode or convert it; -1: none.
int32_t constantBehind(const LayerNet& net, int32_t layer, size_t operand);

}  // namespace diff
