// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Graph: a model in the engine: the first subgraph of a .tflite file, its tensors and ops in
// execution order, the further subgraphs, and the file's buffers. Immutable once built: rooms pass
// std::shared_ptr<const Graph>, and a variation makes a new Graph that shares unchanged buffers.
//
// Trust: a Graph from tflite::read() has passed analysis::validate(); every index is in range and
// every shape, option and quantization is consistent. A room that builds or changes a Graph must
// validate() it again before it is planned or lowered.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "types/bytes.h"
#include "types/op.h"
#include "types/tensor.h"

namespace tflite {
struct CarriedModel;
}

namespace types {

/// A further subgraph of the file, which control flow, CALL_ONCE, a composite or a signature uses.
/// Its tensors refer to the buffers of the Graph.
struct Subgraph {
    std::string name;
    std::vector<Tensor> tensors;
    std::vector<Op> ops;
    std::vector<int32_t> inputs, outputs;
    std::string
        problem;  ///< why analysis::validate() refuses it and nobody may use it; empty: sound
};

/// An entry point of the file: a subgraph that no operator calls.
struct Signature {
    std::string name;
    int32_t subgraph = 0;
};

struct Graph {
    std::string name;         ///< file name without directory and extension, or a builder's name
    std::string description;  ///< as stored in the file
    std::vector<Tensor> tensors;
    std::vector<Op> ops;  ///< in execution order
    std::vector<int32_t> inputs, outputs;
    std::vector<Bytes> buffers;
    std::vector<Subgraph> others;  ///< subgraph i + 1 of the file at [i]
    int32_t subgraphCount = 1;     ///< of the file: 1 + others
    /// Of the file; those of subgraph 0 are the ones that this graph is. Empty for a built graph.
    std::vector<Signature> signatures;

    /// The bytes that the Graph was read from. A transform that changes the Graph clears it;
    /// otherwise writing the Graph returns these bytes.
    Bytes original;
    /// Metadata, signatures and the tables of further subgraphs; kept for writing.
    std::shared_ptr<const tflite::CarriedModel> carried;

    const Tensor& tensor(int32_t index) const { return tensors[static_cast<size_t>(index)]; }
    /// True where the file contains the tensor's data.
    bool isConstant(int32_t index) const { return !constantData(index).empty(); }
    /// The data of a constant tensor; empty for activations and variables.
    const Bytes& constantData(int32_t index) const { return buffers[tensor(index).buffer]; }
};

using GraphPtr = std::shared_ptr<const Graph>;

/// Subgraph `index` of the file (0: the first) as a Graph of its own, for functions that take one.
/// It shares the buffers and has no further subgraphs. Requires Subgraph::problem to be empty.
Graph subgraphOf(const Graph& graph, size_t index);

/// "T57 'conv/bias'": name of a tensor in messages and views.
std::string tensorLabel(const Graph& graph, int32_t tensor);
/// "#12 CONV_2D": name of an operator in messages and views.
std::string opLabel(const Graph& graph, size_t op);

}  // namespace types
