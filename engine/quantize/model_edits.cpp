// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/model_edits.h"

#include <algorithm>

namespace quantize {

using types::Bytes;
using types::Graph;
using types::Op;
using types::Tensor;

ModelEdits::ModelEdits(const Graph& graph)
    : m_graph(graph), m_firstNew(static_cast<uint32_t>(graph.buffers.size())) {
    m_graph.original = {};
    m_ours = usedBuffers();
    for (uint32_t buffer : buffersElsewhere())
        m_ours.erase(buffer);
    m_ours.erase(0);
    findUnusedTensors();
    m_idle.insert(m_unused.begin(), m_unused.end());
}

std::set<uint32_t> ModelEdits::usedBuffers() const {
    std::set<uint32_t> used;
    for (const Tensor& tensor : m_graph.tensors)
        used.insert(tensor.buffer);
    return used;
}

/// Buffers that other subgraphs refer to.
std::set<uint32_t> ModelEdits::buffersElsewhere() const {
    std::set<uint32_t> used;
    for (const types::Subgraph& other : m_graph.others)
        for (const Tensor& tensor : other.tensors)
            used.insert(tensor.buffer);
    return used;
}

void ModelEdits::findUnusedTensors() {
    std::vector<bool> used(m_graph.tensors.size(), false);
    const auto mark = [&](const std::vector<int32_t>& tensors) {
        for (int32_t t : tensors)
            if (t >= 0) used[static_cast<size_t>(t)] = true;
    };
    mark(m_graph.inputs);
    mark(m_graph.outputs);
    for (const Op& op : m_graph.ops) {
        mark(op.inputs);
        mark(op.outputs);
        mark(op.intermediates);
    }
    // Scales in blocks are tensors that no operator reads. They have none of their kind themselves.
    for (size_t t = 0; t < used.size(); ++t)
        if (const auto& blocks = m_graph.tensors[t].blockScales; used[t] && blocks)
            mark({blocks->scales, blocks->zeroPoints});
    m_unused.clear();
    for (size_t t = used.size(); t-- > 0;)
        if (!used[t]) m_unused.push_back(static_cast<int32_t>(t));
}

int32_t ModelEdits::addTensor(const Tensor& like, types::DataType type, std::string name) {
    Tensor made;
    made.name = std::move(name);
    made.type = type;
    made.shape = like.shape;
    made.shapeSignature = like.shapeSignature;
    made.hasRank = like.hasRank;
    if (m_unused.empty()) {
        m_graph.tensors.push_back(std::move(made));
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }
    const int32_t place = m_unused.back();
    m_unused.pop_back();
    m_graph.tensors[static_cast<size_t>(place)] = std::move(made);
    return place;
}

void ModelEdits::setConstant(int32_t tensor, Tensor value, Bytes data) {
    value.buffer = static_cast<uint32_t>(m_graph.buffers.size());
    m_graph.buffers.push_back(std::move(data));
    m_graph.tensors[static_cast<size_t>(tensor)] = std::move(value);
}

Graph ModelEdits::finish() {
    findUnusedTensors();
    for (int32_t t : m_unused) {
        Tensor& tensor = m_graph.tensors[static_cast<size_t>(t)];
        tensor.buffer = 0;
        if (m_idle.contains(t)) continue;
        // TFLM reserves memory for every tensor, used or not.
        const std::string name = std::move(tensor.name);
        tensor = {};
        tensor.name = name;
        tensor.shape = {0};
    }
    std::set<uint32_t> used = usedBuffers();
    for (auto b = m_firstNew; b < m_graph.buffers.size(); ++b)
        m_ours.insert(b);
    std::vector<uint32_t> free;
    std::ranges::set_difference(m_ours, used, std::back_inserter(free));
    // Moves the newest buffers to the indices of dropped ones.
    for (uint32_t place : free) {
        auto last = static_cast<uint32_t>(m_graph.buffers.size()) - 1;
        for (; last >= m_firstNew && !used.contains(last); --last)
            m_graph.buffers.pop_back();
        if (place > last) break;
        m_graph.buffers[place] = {};
        if (last < m_firstNew) continue;
        for (Tensor& tensor : m_graph.tensors)
            if (tensor.buffer == last) tensor.buffer = place;
        std::swap(m_graph.buffers[place], m_graph.buffers[last]);
        m_graph.buffers.pop_back();
        used.insert(place);
    }
    return std::move(m_graph);
}

}  // namespace quantize
