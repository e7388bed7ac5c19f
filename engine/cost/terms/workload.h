// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Workload: the geometry of one operator as plain numbers, which determine the trip counts of each
// loop of an implementation. Made from a graph or from a row of a table of measured layers, so that
// both are predicted and fitted alike.
//
// Units: elements, rows, pixels. A dimension that an operator does not have is 1.

#include <vector>

#include "types/graph.h"

namespace cost {

struct Workload {
    types::OpKind kind = types::OpKind::ADD;
    types::DataType type = types::DataType::Int8;        ///< type of the data input
    types::DataType weightType = types::DataType::Int8;  ///< equals `type` without weights
    int64_t batch = 1;
    int64_t inHeight = 1, inWidth = 1, inChannels = 1;
    int64_t outHeight = 1, outWidth = 1, outChannels = 1;
    int64_t kernelHeight = 1, kernelWidth = 1;
    int64_t strideHeight = 1, strideWidth = 1;
    int64_t dilationHeight = 1, dilationWidth = 1;
    int64_t padTop = 0, padLeft = 0;
    /// Kernel rows (columns) inside the input, summed over the output rows (columns).
    int64_t validRows = 1, validColumns = 1;
    /// Output rows (columns) whose window extends before or behind the input; both ends count.
    int64_t clippedRows = 0, clippedColumns = 0;
    int64_t inputs = 0, outputs = 0;  ///< elements of the data input, of all outputs
    int64_t macs = 0;                 ///< including taps in the padding
    int64_t operands = 1;             ///< inputs that carry data
    bool broadcast = false;           ///< two operands of different shapes
    int64_t outer = 1;                ///< CONCATENATION: pieces in which each operand is copied
    bool perChannel = false;          ///< one multiplier per output channel
    bool biased = true;               ///< adds a bias to each output
    bool clamped = false;    ///< a fused activation narrows the range of the output's codes
    bool rectified = false;  ///< the lowest code of the output stands for zero or more

    int64_t pixels() const { return batch * outHeight * outWidth; }
    int64_t taps() const { return kernelHeight * kernelWidth; }
    /// Number of taps inside the input, over all output pixels.
    int64_t validTaps() const { return batch * validRows * validColumns; }
};

/// The shapes of an operator before interpretation. `inputs`: those with data.
struct OperatorShapes {
    types::OpKind kind = types::OpKind::ADD;
    types::DataType type = types::DataType::Int8, weightType = types::DataType::Int8;
    std::vector<types::Shape> inputs;
    types::Shape output, filter;  ///< filter in TFLite's layout; empty: none
    types::WindowOptions window;
    int64_t outputElements = 0;  ///< of all outputs
    bool perChannel = false, biased = true;
};

Workload workloadOf(const OperatorShapes& shapes);
/// `op` is an operator of a validated graph.
Workload workloadOf(const types::Graph& graph, const types::Op& op);
/// Returns one entry per operator.
std::vector<Workload> workloadsOf(const types::Graph& graph);

/// Type name in the rows of a device file: "int8", or "int4" where weights are 4-bit.
std::string costType(const Workload& workload);

}  // namespace cost
