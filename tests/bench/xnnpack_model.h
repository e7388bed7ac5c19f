// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A graph as a list of XNNPACK operators on one thread. Operators that XNNPACK has no kernel for
// are left out (the int8 softmax; reshapes cost nothing), which favours XNNPACK.
//
// Ownership: owns operators and buffers; the graph must outlive it.

#include <memory>
#include <vector>

#include "types/graph.h"

struct xnn_operator;

namespace bench {

struct DeleteOperator {
    void operator()(xnn_operator* op) const;
};
using XnnpackOp = std::unique_ptr<xnn_operator, DeleteOperator>;

/// Input and output memory of every tensor.
using Buffers = std::vector<uint8_t*>;

/// The operator, set up on the buffers; null where XNNPACK has none.
XnnpackOp makeOperator(const types::Graph& graph, const types::Op& op, const Buffers& buffers);

class XnnpackModel {
public:
    explicit XnnpackModel(const types::Graph& graph);

    size_t size() const { return m_ops.size(); }
    void run() const;

private:
    struct alignas(64) Line {
        uint8_t bytes[64];
    };

    std::vector<std::vector<Line>> m_memory;
    Buffers m_buffers;
    std::vector<XnnpackOp> m_ops;
};

}  // namespace bench
