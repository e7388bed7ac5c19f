// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/blocks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "analysis/count.h"
#include "analysis/resource_variables.h"
#include "analysis/validate.h"
#include "quantize/model_edits.h"
#include "quantize/scale_rules.h"
#include "transform/recovery/layer_weights.h"
#include "types/number_text.h"

namespace transform {

using types::Graph;
using types::GraphPtr;
using types::ModelBlock;
using types::Op;
using types::OpKind;
using types::Result;
using types::Tensor;

namespace {

struct OpRange {
    std::set<size_t> ops;
    int32_t entry = -1, exit = -1;
    bool redirectsWriter = false;  ///< the entry's writer takes over the exit
};

bool keepsState(const Op& op) {
    return op.kind == OpKind::CALL_ONCE || op.kind == OpKind::VAR_HANDLE ||
           op.kind == OpKind::READ_VARIABLE || op.kind == OpKind::ASSIGN_VARIABLE ||
           !analysis::calledSubgraphs(op).empty();
}

bool sameScale(const Tensor& a, const Tensor& b) {
    return a.quantization.scale == b.quantization.scale &&
           a.quantization.zeroPoint == b.quantization.zeroPoint;
}

class BlockSearch {
public:
    explicit BlockSearch(const Graph& graph) : m_graph(graph) {
        for (size_t i = 0; i < graph.ops.size(); ++i) {
            for (int32_t output : graph.ops[i].outputs)
                m_writer[output] = i;
            for (int32_t input : graph.ops[i].inputs)
                m_readers[input].insert(i);
        }
    }

    std::optional<size_t> writerOf(int32_t tensor) const {
        const auto found = m_writer.find(tensor);
        return found == m_writer.end() ? std::nullopt : std::optional(found->second);
    }

    /// The smallest block whose last operator is `last`.
    ///
    /// Grows backwards by the writer of the activation that is read from outside and written last.
    /// So an operator joins after all its readers, and where one activation is left, everything
    /// that the block computes comes from it.
    std::optional<OpRange> endingAt(size_t last) const {
        OpRange block;
        block.exit = m_graph.ops[last].output(0);
        if (m_graph.ops[last].outputs.size() != 1 || block.exit < 0) return std::nullopt;
        std::set<int32_t> open;
        for (std::optional<size_t> next = last; next; next = lastWriter(open)) {
            if (!join(*next, block, open)) return std::nullopt;
            if (open.size() != 1 || !isAlike(*open.begin(), block.exit) || !hasLayer(block))
                continue;
            block.entry = *open.begin();
            return isClosed(block, last) && setBypass(block) ? std::optional(block) : std::nullopt;
        }
        return std::nullopt;
    }

private:
    bool join(size_t op, OpRange& block, std::set<int32_t>& open) const {
        const Op& joined = m_graph.ops[op];
        if (keepsState(joined)) return false;
        block.ops.insert(op);
        for (int32_t output : joined.outputs)
            open.erase(output);
        for (int32_t input : joined.inputs)
            if (input >= 0 && !m_graph.isConstant(input)) open.insert(input);
        return true;
    }

    std::optional<size_t> lastWriter(const std::set<int32_t>& open) const {
        std::optional<size_t> last;
        for (int32_t tensor : open)
            last = std::max(last, writerOf(tensor));
        return last;
    }

    bool isAlike(int32_t a, int32_t b) const {
        const Tensor &first = m_graph.tensor(a), &second = m_graph.tensor(b);
        return first.shape == second.shape && first.type == second.type && !first.isVariable;
    }

    bool hasLayer(const OpRange& block) const {
        return std::ranges::any_of(
            block.ops, [&](size_t op) { return weightOperand(m_graph, op).has_value(); });
    }

    bool isOutput(int32_t tensor) const { return std::ranges::count(m_graph.outputs, tensor) > 0; }

    bool readsOnlyInside(int32_t tensor, const OpRange& block) const {
        const auto readers = m_readers.find(tensor);
        return !isOutput(tensor) &&
               (readers == m_readers.end() || std::ranges::includes(block.ops, readers->second));
    }

    /// Nothing outside reads what the block makes, but for its exit.
    bool isClosed(const OpRange& block, size_t last) const {
        return std::ranges::all_of(block.ops, [&](size_t op) {
            return op == last || std::ranges::all_of(m_graph.ops[op].outputs, [&](int32_t output) {
                       return output < 0 || readsOnlyInside(output, block);
                   });
        });
    }

    bool setBypass(OpRange& block) const {
        const bool oneScale = sameScale(m_graph.tensor(block.entry), m_graph.tensor(block.exit));
        const auto writer = writerOf(block.entry);
        const bool rescales =
            writer && quantize::scaleRule(m_graph.ops[*writer].kind) == quantize::ScaleRule::Own;
        block.redirectsWriter =
            writer && (oneScale || rescales) && readsOnlyInside(block.entry, block);
        return block.redirectsWriter || (oneScale && !isOutput(block.exit));
    }

    const Graph& m_graph;
    std::map<int32_t, size_t> m_writer;
    std::map<int32_t, std::set<size_t>> m_readers;
};

ModelBlock shownBlock(const Graph& graph, const OpRange& block) {
    const size_t first = *block.ops.begin(), last = *block.ops.rbegin();
    ModelBlock shown;
    shown.last = graph.ops[last].origin;
    shown.name = types::opLabel(graph, first);
    if (first != last) shown.name += " to " + types::opLabel(graph, last);
    shown.ops = static_cast<int32_t>(block.ops.size());
    for (size_t op : block.ops) {
        shown.macs += analysis::countMacs(graph, graph.ops[op]);
        if (const auto weights = weightOperand(graph, op))
            shown.weightBytes += graph.tensor(graph.ops[op].inputs[*weights]).bytes();
    }
    return shown;
}

types::Result<void> noBlock(const Graph& graph, int32_t last) {
    std::string known;
    for (const ModelBlock& block : findBlocks(graph))
        known += (known.empty() ? "" : ", ") + std::to_string(block.last) + " (" + block.name + ")";
    return types::fail(
        "no block that the model could do without ends here", "block " + std::to_string(last),
        known.empty() ? "this model has none: no layers keep the shape of an activation"
                      : "choose one of " + known);
}

/// Lets the model go around the block, which stays.
void bypass(Graph& graph, const OpRange& block, const BlockSearch& search, KeptElements& kept) {
    if (block.redirectsWriter) {
        std::ranges::replace(graph.ops[*search.writerOf(block.entry)].outputs, block.entry,
                             block.exit);
        kept.replace(block.exit);
        return;
    }
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        Op& op = graph.ops[i];
        if (block.ops.contains(i) || std::ranges::count(op.inputs, block.exit) == 0) continue;
        std::ranges::replace(op.inputs, block.exit, block.entry);
        for (int32_t output : op.outputs)
            kept.replace(output);
    }
}

}  // namespace

std::vector<ModelBlock> findBlocks(const Graph& graph) {
    const BlockSearch search(graph);
    std::vector<ModelBlock> blocks;
    for (size_t op = 0; op < graph.ops.size(); ++op)
        if (graph.ops[op].origin >= 0)
            if (const auto block = search.endingAt(op)) blocks.push_back(shownBlock(graph, *block));
    return blocks;
}

Result<void> checkBlocks(const Graph& graph, const types::Variation& variation) {
    if (!variation.dropsBlocks()) return {};
    const std::vector<ModelBlock> known = findBlocks(graph);
    for (const auto& [layer, knobs] : variation.layers)
        if (knobs.dropBlock && std::ranges::count(known, layer, &ModelBlock::last) == 0)
            return noBlock(graph, layer);
    return {};
}

Result<GraphPtr> dropBlock(const Graph& graph, int32_t last, KeptElements& kept,
                           std::vector<std::string>& changes) {
    const BlockSearch search(graph);
    const auto end = std::ranges::find(graph.ops, last, &Op::origin);
    const auto block = end == graph.ops.end()
                           ? std::nullopt
                           : search.endingAt(static_cast<size_t>(end - graph.ops.begin()));
    if (!block) return tl::unexpected(noBlock(graph, last).error());
    const ModelBlock shown = shownBlock(graph, *block);
    quantize::ModelEdits edits(graph);
    Graph& edited = edits.graph();
    bypass(edited, *block, search, kept);
    for (auto op = block->ops.rbegin(); op != block->ops.rend(); ++op)
        edited.ops.erase(edited.ops.begin() + static_cast<ptrdiff_t>(*op));
    auto result = std::make_shared<const Graph>(edits.finish());
    if (auto sound = analysis::validate(*result); !sound) return tl::unexpected(sound.error());
    changes.push_back("block " + shown.name + " left out: " + types::grouped(shown.macs) +
                      " MACs, " + types::grouped(shown.weightBytes) + " bytes of weights");
    return result;
}

}  // namespace transform
