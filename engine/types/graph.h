// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Graph: a model in the engine: the first subgraph of a .tflite file, its tensors and ops in
// execution order, and the file's buffers. Immutable once built: rooms pass std::shared_ptr<const
// Graph>, and a variation makes a new Graph that shares unchanged buffers. Subgraphs that control
// flow calls are Graphs of their own, shared by all variations.
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

/// A resource variable: state behind handles (VAR_HANDLE), which READ_VARIABLE and ASSIGN_VARIABLE
/// copy. All subgraphs of a model share its variables.
struct ResourceVariable {
    std::string name;  ///< "container/shared name"
    DataType type = DataType::Float32;
    Shape shape;        ///< of the value that is assigned first, or else read
    uint8_t reset = 0;  ///< every byte before the first assignment: the low byte of the zero point

    int64_t bytes() const { return bytesOf(type, elementCount(shape)); }
};

struct Graph;
using GraphPtr = std::shared_ptr<const Graph>;

struct Graph {
    std::string name;         ///< file name without directory and extension, or a builder's name
    std::string description;  ///< as stored in the file
    std::vector<Tensor> tensors;
    std::vector<Op> ops;  ///< in execution order
    std::vector<int32_t> inputs, outputs;
    std::vector<Bytes> buffers;
    int32_t subgraphCount = 1;  ///< of the file
    /// By index in the file; validated. Null: this graph itself, and subgraphs that are damaged or
    /// (in a subgraph's own list) that it does not call. Their `buffers` are those of the file as
    /// opened.
    std::vector<GraphPtr> subgraphs;
    std::vector<ResourceVariable> variables;  ///< of the whole model; Tensor::resource is an index

    /// The bytes that the Graph was read from. A transform that changes the Graph clears it;
    /// otherwise writing the Graph returns these bytes.
    Bytes original;
    /// Metadata, signatures and further subgraphs; kept for writing.
    std::shared_ptr<const tflite::CarriedModel> carried;

    const Tensor& tensor(int32_t index) const { return tensors[static_cast<size_t>(index)]; }
    /// True where the file contains the tensor's data.
    bool isConstant(int32_t index) const { return !constantData(index).empty(); }
    /// The data of a constant tensor; empty for activations and variables.
    const Bytes& constantData(int32_t index) const { return buffers[tensor(index).buffer]; }
    /// Null where the subgraph does not exist, is damaged, or is this graph itself.
    const Graph* subgraph(int32_t index) const {
        const auto i = static_cast<size_t>(index);
        return index >= 0 && i < subgraphs.size() ? subgraphs[i].get() : nullptr;
    }
};

/// "T57 'conv/bias'": name of a tensor in messages and views.
std::string tensorLabel(const Graph& graph, int32_t tensor);
/// "#12 CONV_2D": name of an operator in messages and views.
std::string opLabel(const Graph& graph, size_t op);

}  // namespace types
