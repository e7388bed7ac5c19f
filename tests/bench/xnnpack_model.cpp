// SPDX-License-Identifier: GPL-3.0-or-later
#include "xnnpack_model.h"

#include <xnnpack.h>

#include <cstring>

namespace bench {

void DeleteOperator::operator()(xnn_operator* op) const {
    xnn_delete_operator(op);
}

XnnpackModel::XnnpackModel(const types::Graph& graph) {
    static const bool ready = xnn_initialize(nullptr) == xnn_status_success;
    if (!ready) return;
    for (const types::Tensor& tensor : graph.tensors) {
        // XNNPACK reads a little beyond its operands.
        const size_t bytes = static_cast<size_t>(tensor.bytes()) + XNN_EXTRA_BYTES;
        m_memory.emplace_back(bytes / sizeof(Line) + 1);
        m_buffers.push_back(m_memory.back().front().bytes);
    }
    for (const types::Op& op : graph.ops) {
        if (op.kind == types::OpKind::RESHAPE) {
            m_buffers[static_cast<size_t>(op.outputs[0])] =
                m_buffers[static_cast<size_t>(op.inputs[0])];
            continue;
        }
        if (auto made = makeOperator(graph, op, m_buffers)) m_ops.push_back(std::move(made));
    }
}

void XnnpackModel::run() const {
    for (const XnnpackOp& op : m_ops)
        xnn_run_operator(op.get(), nullptr);
}

}  // namespace bench
