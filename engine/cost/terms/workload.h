// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Workload: what one operator asks of its kernel, as plain numbers: the geometry that decides how
// often each loop of an implementation runs. Made from a graph, or from a row of a table of
// measured layers, so that both are costed and fitted alike.
//
// Units: elements, rows, pixels. A dimension that an operator does not have is 1.

#include <vector>

#include "types/graph.h"

namespace cost {

struct Workload {
    types::OpKind kind = types::OpKind::ADD;
    types::DataType type = types::DataType::Int8;        ///< of the input that carries the data
    types::DataType weightType = types::DataType::Int8;  ///< as `type` without weights
    int64_t batch = 1;
    int64_t inHeight = 1, inWidth = 1, inChannels = 1;
    int64_t outHeight = 1, outWidth = 1, outChannels = 1;
    int64_t kernelHeight = 1, kernelWidth = 1;
    int64_t strideHeight = 1, strideWidth = 1;
    int64_t dilationHeight = 1, dilationWidth = 1;
    int64_t padTop = 0, padLeft = 0;
    /// Kernel rows (columns) inside the input, summed over the output rows (columns).
    int64_t validRows = 1, validColumns = 1;
    /// Output rows whose window reaches above or below the input, each end counted; columns alike.
    int64_t clippedRows = 0, clippedColumns = 0;
    int64_t inputs = 0, outputs = 0;  ///< elements of the data input, of all outputs
    int64_t macs = 0;                 ///< taps in the padding included
    int64_t operands = 1;             ///< inputs that carry data
    bool broadcast = false;           ///< two operands of different shapes
    int64_t outer = 1;                ///< of a concatenation: pieces each operand is copied in
    bool perChannel = false;          ///< a multiplier for each output channel
    bool clamped = false;             ///< a fused activation cuts the range of the output's codes

    int64_t pixels() const { return batch * outHeight * outWidth; }
    int64_t taps() const { return kernelHeight * kernelWidth; }
    /// Taps inside the input, over all output pixels.
    int64_t validTaps() const { return batch * validRows * validColumns; }
};

/// The shapes of an operator before their meaning is sorted out. `inputs`: those that carry data.
struct OperatorShapes {
    types::OpKind kind = types::OpKind::ADD;
    types::DataType type = types::DataType::Int8, weightType = types::DataType::Int8;
    std::vector<types::Shape> inputs;
    types::Shape output, filter;  ///< filter as TFLite stores it; empty: none
    types::WindowOptions window;
    int64_t outputElements = 0;  ///< of all outputs
    bool perChannel = false;
};

Workload workloadOf(const OperatorShapes& shapes);
/// `op` is an operator of a validated graph.
Workload workloadOf(const types::Graph& graph, const types::Op& op);
/// One entry per operator.
std::vector<Workload> workloadsOf(const types::Graph& graph);

/// "int8", or "int4" where weights are 4-bit: what the rows of a device file call the type.
std::string costType(const Workload& workload);

}  // namespace cost
