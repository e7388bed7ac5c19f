// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/edit_subgraphs.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string_view>

#include "tflite/read.h"
#include "tflite/subgraph_calls.h"
#include "tflite/write.h"

namespace tflite {
namespace {

using namespace types;

using Model = std::unique_ptr<schema::ModelT>;

/// Data outside the tables move into them: their offsets are those of the old file.
void moveInside(const schema::Buffer& stored, const Bytes& file, schema::BufferT& buffer) {
    if (stored.offset() > 1 && stored.offset() <= file.size() &&
        stored.size() <= file.size() - stored.offset()) {
        const auto data = file.view().subspan(stored.offset(), stored.size());
        buffer.data.assign(data.begin(), data.end());
    }
    buffer.offset = buffer.size = 0;
}

Model unpacked(const Bytes& bytes) {
    const schema::Model& stored = *schema::GetModel(bytes.data());
    Model model(stored.UnPack());
    for (uint32_t b = 0; b < stored.buffers()->size(); ++b)
        moveInside(*stored.buffers()->Get(b), bytes, *model->buffers[b]);
    return model;
}

Model unpacked(const Graph& graph) {
    return unpacked(writeBytes(graph));
}

Bytes packed(const schema::ModelT& model) {
    flatbuffers::FlatBufferBuilder builder(1 << 16);
    schema::FinishModelBuffer(builder, schema::Model::Pack(builder, &model));
    const uint8_t* first = builder.GetBufferPointer();
    return Bytes(std::vector<uint8_t>(first, first + builder.GetSize()));
}

Result<GraphPtr> readAgain(const Graph& before, const schema::ModelT& model) {
    auto read = readBytes(packed(model), before.name);
    if (!read) return read;
    auto graph = std::make_shared<Graph>(**read);
    for (size_t i = 0; i < graph->ops.size() && i < before.ops.size(); ++i)
        graph->ops[i].origin = before.ops[i].origin;
    return graph;
}

/// `entries` and the subgraphs that operators in them call, directly or not.
std::set<int32_t> reachable(schema::ModelT& model, std::vector<int32_t> entries) {
    std::set<int32_t> found(entries.begin(), entries.end());
    while (!entries.empty()) {
        const auto next = static_cast<size_t>(entries.back());
        entries.pop_back();
        for (auto& op : model.subgraphs[next]->operators)
            forEachCall(*op, [&](int32_t& called) {
                if (found.insert(called).second) entries.push_back(called);
            });
    }
    return found;
}

std::set<uint32_t> usedBuffers(const schema::ModelT& model) {
    std::set<uint32_t> used;
    for (const auto& subgraph : model.subgraphs)
        for (const auto& tensor : subgraph->tensors)
            used.insert(tensor->buffer);
    return used;
}

/// Metadata of TFLM's older compression names buffers that no tensor does.
bool namesBuffersElsewhere(const schema::ModelT& model) {
    return std::ranges::any_of(
        model.metadata, [](const auto& entry) { return entry->name == "COMPRESSION_METADATA"; });
}

/// Empties buffers that tensors used before and none uses now. Indices stay, as metadata name them;
/// empty ones at the end go.
void dropUnusedData(schema::ModelT& model, std::set<uint32_t> candidates) {
    if (namesBuffersElsewhere(model)) return;
    std::set<uint32_t> kept = usedBuffers(model);
    for (const auto& entry : model.metadata)
        kept.insert(entry->buffer);
    for (int32_t buffer : model.metadata_buffer)
        kept.insert(static_cast<uint32_t>(buffer));
    kept.insert(0);
    for (uint32_t b : candidates)
        if (!kept.contains(b) && b < model.buffers.size()) model.buffers[b]->data.clear();
    while (!kept.contains(static_cast<uint32_t>(model.buffers.size()) - 1) &&
           model.buffers.back()->data.empty())
        model.buffers.pop_back();
}

/// Orders the subgraphs as `order` names them, drops all others, and adapts all indices.
void arrange(schema::ModelT& model, const std::vector<int32_t>& order) {
    std::map<int32_t, int32_t> moved;
    std::vector<std::unique_ptr<schema::SubGraphT>> subgraphs;
    for (int32_t index : order) {
        moved[index] = static_cast<int32_t>(subgraphs.size());
        subgraphs.push_back(std::move(model.subgraphs[static_cast<size_t>(index)]));
    }
    model.subgraphs = std::move(subgraphs);
    for (auto& subgraph : model.subgraphs)
        for (auto& op : subgraph->operators)
            forEachCall(*op, [&](int32_t& called) { called = moved.at(called); });
    std::erase_if(model.signature_defs, [&](const auto& signature) {
        return !moved.contains(static_cast<int32_t>(signature->subgraph_index));
    });
    for (auto& signature : model.signature_defs)
        signature->subgraph_index =
            static_cast<uint32_t>(moved.at(static_cast<int32_t>(signature->subgraph_index)));
}

Result<GraphPtr> keepingOnly(const Graph& graph, const std::vector<int32_t>& entries) {
    const Model model = unpacked(graph);
    const auto kept = reachable(*model, entries);
    if (kept.size() == model->subgraphs.size()) return std::make_shared<const Graph>(graph);
    auto before = usedBuffers(*model);
    arrange(*model, {kept.begin(), kept.end()});
    dropUnusedData(*model, std::move(before));
    return readAgain(graph, *model);
}

/// All indices of a model, with two of them exchanged.
std::vector<int32_t> exchanged(const schema::ModelT& model, int32_t index) {
    std::vector<int32_t> order(model.subgraphs.size());
    std::iota(order.begin(), order.end(), 0);
    std::swap(order[0], order[static_cast<size_t>(index)]);
    return order;
}

std::string_view contentOf(const schema::BufferT& buffer) {
    return {reinterpret_cast<const char*>(buffer.data.data()), buffer.data.size()};
}

/// Adds the buffers of one model to another that has most of them.
class BufferUnion {
public:
    explicit BufferUnion(schema::ModelT& target) : m_target(target) {
        for (uint32_t b = 0; b < target.buffers.size(); ++b)
            m_known.try_emplace(contentOf(*target.buffers[b]), b);
    }

    /// Index in the target of the source's buffer `b`.
    uint32_t indexOf(schema::ModelT& source, uint32_t b) {
        schema::BufferT& buffer = *source.buffers[b];
        const bool isSame =
            b < m_target.buffers.size() && contentOf(*m_target.buffers[b]) == contentOf(buffer);
        if (isSame) return b;
        if (buffer.data.empty()) return 0;
        const auto known = m_known.find(contentOf(buffer));
        if (known != m_known.end()) return known->second;
        const auto index = static_cast<uint32_t>(m_target.buffers.size());
        m_target.buffers.push_back(std::make_unique<schema::BufferT>(buffer));
        m_known.emplace(contentOf(*m_target.buffers.back()), index);
        return index;
    }

private:
    schema::ModelT& m_target;
    std::map<std::string_view, uint32_t> m_known;
};

uint32_t codeIn(schema::ModelT& target, const schema::OperatorCodeT& code) {
    for (size_t i = 0; i < target.operator_codes.size(); ++i) {
        const auto& known = *target.operator_codes[i];
        if (known.builtin_code == code.builtin_code && known.version == code.version &&
            known.deprecated_builtin_code == code.deprecated_builtin_code &&
            known.custom_code == code.custom_code)
            return static_cast<uint32_t>(i);
    }
    target.operator_codes.push_back(std::make_unique<schema::OperatorCodeT>(code));
    return static_cast<uint32_t>(target.operator_codes.size() - 1);
}

}  // namespace

Bytes withFirst(const Bytes& bytes, int32_t subgraph) {
    const Model model = unpacked(bytes);
    // An offline plan has one offset per tensor of the subgraph that was the first.
    std::erase_if(model->metadata,
                  [](const auto& entry) { return entry->name == "OfflineMemoryAllocation"; });
    arrange(*model, exchanged(*model, subgraph));
    return packed(*model);
}

Result<GraphPtr> withoutOtherSignatures(const Graph& graph) {
    return keepingOnly(graph, {0});
}

Result<GraphPtr> withoutUncalled(const Graph& graph, const std::vector<Signature>& entries) {
    std::vector<int32_t> kept = {0};
    for (const Signature& entry : entries)
        kept.push_back(entry.subgraph);
    return keepingOnly(graph, kept);
}

Result<GraphPtr> otherSignature(const Graph& graph, const Signature& signature) {
    return readBytes(withFirst(writeBytes(graph), signature.subgraph), graph.name);
}

Result<GraphPtr> joined(const Graph& original, const Graph& varied,
                        const std::vector<VariedSubgraph>& others) {
    const Model model = unpacked(varied);
    auto candidates = usedBuffers(*model);
    candidates.merge(usedBuffers(*unpacked(original)));
    BufferUnion buffers(*model);
    for (const VariedSubgraph& other : others) {
        const Model source = unpacked(*other.graph);
        for (auto& op : source->subgraphs[0]->operators)
            op->opcode_index = codeIn(*model, *source->operator_codes[op->opcode_index]);
        for (auto& tensor : source->subgraphs[0]->tensors)
            tensor->buffer = buffers.indexOf(*source, tensor->buffer);
        arrange(*source, exchanged(*source, other.index));  // as it was before otherSignature()
        const auto place = static_cast<size_t>(other.index);
        model->subgraphs[place] = std::move(source->subgraphs[place]);
    }
    dropUnusedData(*model, std::move(candidates));
    return readAgain(varied, *model);
}

}  // namespace tflite
