// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/prefix.h"

#include <algorithm>
#include <map>

#include "diagnosis/partial_graph.h"

namespace diagnosis {
namespace {

using namespace types;

bool sameQuantization(const Quantization& a, const Quantization& b) {
    return a.scale == b.scale && a.zeroPoint == b.zeroPoint && a.axis == b.axis;
}

bool sameBytes(const Bytes& a, const Bytes& b) {
    const auto first = a.view(), second = b.view();
    return first.size() == second.size() &&
           (first.data() == second.data() ||
            std::equal(first.begin(), first.end(), second.begin()));
}

/// Maps tensors of the varied model to equal tensors of the original.
class Likeness {
public:
    Likeness(const Graph& original, const Graph& varied) : m_original(original), m_varied(varied) {}

    bool isSame(int32_t original, int32_t varied) const {
        if (original < 0 || varied < 0) return original == varied;
        const Tensor &a = m_original.tensor(original), &b = m_varied.tensor(varied);
        if (a.type != b.type || a.shape != b.shape || a.isVariable != b.isVariable ||
            !sameQuantization(a.quantization, b.quantization) ||
            !sameBytes(m_original.constantData(original), m_varied.constantData(varied)))
            return false;
        const bool activation = !m_original.isConstant(original) && !a.isVariable;
        if (!activation) return true;
        const auto made = m_made.find(varied);
        return made != m_made.end() && made->second == original;
    }

    /// Records that two lists of activations are computed equally; false where they differ.
    bool note(const std::vector<int32_t>& original, const std::vector<int32_t>& varied) {
        if (original.size() != varied.size()) return false;
        for (size_t i = 0; i < original.size(); ++i) {
            m_made[varied[i]] = original[i];
            if (!isSame(original[i], varied[i])) return false;
        }
        return true;
    }

    bool noteOp(const Op& original, const Op& varied) {
        if (original.kind != varied.kind || original.origin != varied.origin ||
            original.options.index() != varied.options.index() ||
            original.inputs.size() != varied.inputs.size())
            return false;
        for (size_t i = 0; i < original.inputs.size(); ++i)
            if (!isSame(original.inputs[i], varied.inputs[i])) return false;
        return note(original.outputs, varied.outputs);
    }

    int32_t originalOf(int32_t varied) const { return m_made.at(varied); }

private:
    const Graph& m_original;
    const Graph& m_varied;
    std::map<int32_t, int32_t> m_made;  ///< activations, varied to original
};

size_t notePrefix(const Graph& original, const Graph& varied, Likeness& likeness) {
    if (!likeness.note(original.inputs, varied.inputs)) return 0;
    const size_t most = std::min(original.ops.size(), varied.ops.size());
    size_t op = 0;
    while (op < most && likeness.noteOp(original.ops[op], varied.ops[op]))
        ++op;
    return op;
}

}  // namespace

size_t commonPrefix(const Graph& original, const Graph& varied) {
    // What stands behind the prefix would lack its state.
    if (std::any_of(original.ops.begin(), original.ops.end(), sharesState)) return 0;
    Likeness likeness(original, varied);
    return notePrefix(original, varied, likeness);
}

Graph restOf(const Graph& graph, size_t first) {
    Graph rest = partOf(graph, first, graph.ops.size());
    rest.inputs = cutBefore(graph, first);
    rest.outputs = graph.outputs;
    return rest;
}

std::vector<int32_t> sameTensors(const Graph& original, const Graph& varied,
                                 const std::vector<int32_t>& tensors) {
    Likeness likeness(original, varied);
    notePrefix(original, varied, likeness);
    std::vector<int32_t> result;
    for (int32_t tensor : tensors)
        result.push_back(likeness.originalOf(tensor));
    return result;
}

}  // namespace diagnosis
