// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/remove_units.h"

#include "analysis/validate.h"
#include "transform/channels/adapt_op.h"
#include "transform/channels/constant_edits.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::Result;

Cut cutOf(const ChannelGroups& groups, int32_t owner, const std::vector<bool>& removed) {
    const AxisTable& axes = groups.axes();
    Cut cut;
    for (int32_t axis = 0; axis < axes.rank(owner); ++axis) {
        std::vector<int32_t>& kept = cut.emplace_back();
        for (int32_t i = 0; i < axes.length({owner, axis}); ++i) {
            const int32_t unit = groups.unitOf({owner, axis}, i);
            if (unit < 0 || !removed[static_cast<size_t>(unit)]) kept.push_back(i);
        }
    }
    return cut;
}

namespace {

/// An activation, or a variable whose initial value may be in the file.
void cutVariable(Graph& graph, int32_t tensor, const Cut& cut) {
    types::Tensor& changed = graph.tensors[static_cast<size_t>(tensor)];
    const types::Tensor before = changed;
    const types::Bytes data = graph.constantData(tensor);
    changed = cutTensor(before, cut);
    if (!data.empty()) replaceData(graph, tensor, cutData(before, data, cut));
}

}  // namespace

Result<GraphPtr> removeUnits(const Graph& graph, const ChannelGroups& groups,
                             const std::vector<bool>& removed) {
    auto result = std::make_shared<Graph>(graph);
    result->original = {};
    ConstantEdits edits;
    const auto& owners = groups.axes().owners();
    for (size_t i = 0; i < owners.size(); ++i) {
        const AxisOwner& owner = owners[i];
        const types::Tensor& tensor = graph.tensor(owner.tensor);
        const Cut cut = cutOf(groups, static_cast<int32_t>(i), removed);
        if (keepsAll(cut, tensor.shape)) continue;
        if (owner.isConstantUse())
            edits.add(static_cast<size_t>(owner.op), static_cast<size_t>(owner.operand),
                      cutTensor(tensor, cut),
                      cutData(tensor, graph.constantData(owner.tensor), cut));
        else
            cutVariable(*result, owner.tensor, cut);
    }
    for (size_t op = 0; op < graph.ops.size(); ++op)
        adaptOp(graph, *result, op, edits);
    edits.apply(*result);
    if (auto sound = analysis::validate(*result); !sound) return tl::unexpected(sound.error());
    return result;
}

}  // namespace transform
