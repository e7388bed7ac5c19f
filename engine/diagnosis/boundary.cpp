// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/boundary.h"

#include <algorithm>

#include "analysis/real_values.h"
#include "diagnosis/partial_graph.h"
#include "lowering/batch.h"

namespace diagnosis {
namespace {

using namespace types;

size_t placeOf(const std::vector<int32_t>& tensors, int32_t tensor) {
    return static_cast<size_t>(std::lower_bound(tensors.begin(), tensors.end(), tensor) -
                               tensors.begin());
}

bool contains(const std::vector<int32_t>& tensors, int32_t tensor) {
    return std::binary_search(tensors.begin(), tensors.end(), tensor);
}

}  // namespace

Boundary::Boundary(const Graph& graph, const calibration::RealInputs& inputs)
    : m_graph(graph), m_tensors(graph.inputs) {
    std::sort(m_tensors.begin(), m_tensors.end());
    for (const auto& sample : inputs.samples) {
        Cut& cut = m_bytes.emplace_back(m_tensors.size());
        for (size_t i = 0; i < graph.inputs.size(); ++i)
            cut[placeOf(m_tensors, graph.inputs[i])] =
                analysis::encode(graph.tensor(graph.inputs[i]), sample[i]);
    }
}

std::span<const uint8_t> Boundary::bytes(size_t sample, int32_t tensor) const {
    return m_bytes[sample][placeOf(m_tensors, tensor)];
}

Result<void> Boundary::advanceTo(size_t op, const Work& work) {
    if (op <= m_op) return {};
    Graph part = partOf(m_graph, m_op, op);
    const auto next = cutBefore(m_graph, op);
    // Tensors that bypass the part are carried over; the part computes the others.
    part.outputs.clear();
    for (int32_t t : next)
        if (!contains(m_tensors, t)) part.outputs.push_back(t);
    const auto execution = lowering::Execution::create(part);
    if (!execution) return tl::unexpected(execution.error());
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t sample, lowering::Execution& e) -> Result<void> {
        for (size_t i = 0; i < part.inputs.size(); ++i) {
            const auto source = bytes(sample, part.inputs[i]);
            std::copy(source.begin(), source.end(), e.input(i).begin());
        }
        return {};
    };
    hooks.collect = [&](size_t sample, const lowering::Execution& e) {
        Cut cut(next.size());
        for (size_t t = 0, made = 0; t < next.size(); ++t) {
            if (contains(m_tensors, next[t])) {
                cut[t] = std::move(m_bytes[sample][placeOf(m_tensors, next[t])]);
                continue;
            }
            const auto output = e.output(made++);
            cut[t].assign(output.begin(), output.end());
        }
        m_bytes[sample] = std::move(cut);
    };
    if (auto ran = lowering::runBatch(*execution, m_bytes.size(), hooks, work); !ran) return ran;
    m_tensors = next;
    m_op = op;
    return {};
}

}  // namespace diagnosis
