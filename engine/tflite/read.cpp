// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/read.h"

#include <algorithm>
#include <fstream>

#include "analysis/shapes.h"
#include "analysis/sort_ops.h"
#include "analysis/validate.h"
#include "tflite/carried.h"
#include "tflite/edit_subgraphs.h"
#include "tflite/offline_plan.h"
#include "tflite/op_options.h"
#include "tflite/signatures.h"
#include "tflite/subgraph_calls.h"

namespace tflite {
namespace {

using namespace types;

constexpr uint32_t kSchemaVersion = 3;
constexpr const char* kDamaged = "export or download the file again";

Result<void> checkContainer(const Bytes& bytes, const std::string& name) {
    if (bytes.size() < 8)
        return fail("not a .tflite model, only " + std::to_string(bytes.size()) + " bytes", name,
                    kDamaged);
    if (!schema::ModelBufferHasIdentifier(bytes.data()))
        return fail("not a .tflite model, the identifier TFL3 is missing at byte 4", name,
                    "choose a TensorFlow Lite file");
    flatbuffers::Verifier verifier(bytes.data(), bytes.size());
    if (!schema::VerifyModelBuffer(verifier))
        return fail("the file is truncated or damaged, its tables point outside of it", name,
                    kDamaged);
    return {};
}

Result<void> checkModel(const schema::Model& model, const std::string& name) {
    if (model.version() != kSchemaVersion)
        return fail("schema version " + std::to_string(model.version()) + ", expected 3", name,
                    "convert the model with a current TensorFlow Lite converter");
    if (!model.subgraphs() || model.subgraphs()->size() == 0)
        return fail("the model has no subgraph", name, kDamaged);
    if (!model.buffers()) return fail("the model has no buffers", name, kDamaged);
    if (!model.subgraphs()->Get(0)->tensors())
        return fail("the first subgraph has no tensors", name, kDamaged);
    for (uint32_t i = 0; model.metadata() && i < model.metadata()->size(); ++i) {
        const uint32_t buffer = model.metadata()->Get(i)->buffer();
        if (buffer >= model.buffers()->size())
            return fail("metadata names buffer " + std::to_string(buffer) + " of " +
                            std::to_string(model.buffers()->size()),
                        name, kDamaged);
    }
    return checkSubgraphCalls(model);
}

/// Data of one buffer: inside its table, or, in large models, at an offset of the file.
Result<Bytes> readBuffer(const schema::Buffer& buffer, const Bytes& file, size_t index) {
    if (buffer.data())
        return file.window(static_cast<size_t>(buffer.data()->data() - file.data()),
                           buffer.data()->size());
    // Offsets 0 and 1 mean "no data outside the table".
    if (buffer.offset() <= 1) return Bytes();
    if (buffer.offset() > file.size() || buffer.size() > file.size() - buffer.offset())
        return fail("data lie outside the file", "buffer " + std::to_string(index), kDamaged);
    return file.window(buffer.offset(), buffer.size());
}

template <typename Target, typename Source>
void assign(Target& target, const flatbuffers::Vector<Source>* source) {
    if (source) target.assign(source->begin(), source->end());
}

Quantization readQuantization(const schema::QuantizationParameters* stored) {
    Quantization result;
    if (!stored) return result;
    assign(result.scale, stored->scale());
    assign(result.zeroPoint, stored->zero_point());
    assign(result.min, stored->min());
    assign(result.max, stored->max());
    result.axis = stored->quantized_dimension();
    return result;
}

std::optional<BlockScales> readBlockScales(const schema::QuantizationParameters* stored) {
    if (!stored) return std::nullopt;
    if (const auto* blocks = stored->details_as_BlockwiseQuantization())
        return BlockScales{blocks->scales(), blocks->zero_points(), blocks->block_size(), {}};
    const auto* slices = stored->details_as_MultiAxisQuantization();
    if (!slices) return std::nullopt;
    BlockScales result{slices->scales(), slices->zero_points(), slices->block_size(), {}};
    assign(result.axes, slices->quantized_dimensions());
    return result;
}

Tensor readTensor(const schema::Tensor& stored) {
    Tensor tensor;
    if (stored.name()) tensor.name = stored.name()->str();
    tensor.type = static_cast<DataType>(stored.type());
    assign(tensor.shape, stored.shape());
    assign(tensor.shapeSignature, stored.shape_signature());
    tensor.hasRank = stored.has_rank();
    tensor.buffer = stored.buffer();
    tensor.externalBuffer = stored.external_buffer();
    tensor.quantization = readQuantization(stored.quantization());
    tensor.blockScales = readBlockScales(stored.quantization());
    tensor.isVariable = stored.is_variable();
    tensor.isSparse = stored.sparsity() != nullptr;
    tensor.carried = carryTensor(stored);
    return tensor;
}

/// Old files store codes below 127 in the byte field alone, new files in both fields.
OpKind kindOf(const schema::OperatorCode& code) {
    return static_cast<OpKind>(
        std::max<int32_t>(code.deprecated_builtin_code(), code.builtin_code()));
}

Result<Op> readOp(const schema::Model& model, const schema::Operator& stored, size_t index) {
    const std::string where = "operator #" + std::to_string(index);
    const auto* codes = model.operator_codes();
    if (!codes || stored.opcode_index() >= codes->size())
        return fail("operator code " + std::to_string(stored.opcode_index()) + " does not exist",
                    where, kDamaged);
    const schema::OperatorCode& code = *codes->Get(stored.opcode_index());
    Op op;
    op.kind = kindOf(code);
    const auto kind = static_cast<int32_t>(op.kind);
    if (kind < 0 || kind >= kBuiltinKindCount)
        return fail("unknown builtin operator " + std::to_string(kind), where,
                    "the file is damaged or newer than this version");
    if (op.kind == OpKind::CUSTOM && !code.custom_code())
        return fail("custom operator without a name", where, kDamaged);
    if (code.custom_code()) op.customCode = code.custom_code()->str();
    if (op.kind == OpKind::CUSTOM) op.kind = customKind(op.customCode);
    op.version = code.version();
    assign(op.inputs, stored.inputs());
    assign(op.outputs, stored.outputs());
    assign(op.intermediates, stored.intermediates());
    auto carried = carryOp(stored);
    op.options = readOptions(carried->table);
    if (isCustom(op.kind) && carried->table.custom_options.empty()) op.options = CustomOptions{};
    op.carried = std::move(carried);
    return op;
}

/// Reads tensors, operators and ports into a Graph or a Subgraph.
template <typename Target>
Result<void> readSubgraph(const schema::Model& model, const schema::SubGraph& stored,
                          Target& target) {
    for (uint32_t i = 0; stored.tensors() && i < stored.tensors()->size(); ++i)
        target.tensors.push_back(readTensor(*stored.tensors()->Get(i)));
    for (uint32_t i = 0; stored.operators() && i < stored.operators()->size(); ++i) {
        auto op = readOp(model, *stored.operators()->Get(i), i);
        if (!op) return tl::unexpected(op.error());
        op->origin = static_cast<int32_t>(i);
        target.ops.push_back(std::move(*op));
    }
    assign(target.inputs, stored.inputs());
    assign(target.outputs, stored.outputs());
    return {};
}

/// TFLM's older compression: indices into a table take the place of a tensor's data, and metadata
/// alone say so.
void markCompressed(const schema::Model& model, Graph& graph) {
    if (!model.metadata()) return;
    const auto isCompression = [](const schema::Metadata* metadata) {
        return metadata->name() && metadata->name()->str() == "COMPRESSION_METADATA";
    };
    if (std::none_of(model.metadata()->begin(), model.metadata()->end(), isCompression)) return;
    for (Tensor& tensor : graph.tensors) {
        const bool exists = tensor.buffer < graph.buffers.size();
        const size_t given = exists ? graph.buffers[tensor.buffer].size() : 0;
        if (given > 0 && static_cast<int64_t>(given) < tensor.bytes()) tensor.isSparse = true;
    }
}

/// Mends what a file leaves to runtimes, and validates.
Result<void> settle(const schema::Model& model, Graph& graph) {
    markCompressed(model, graph);
    if (auto sound = analysis::validateIndices(graph); !sound) return sound;
    analysis::sortOps(graph);
    analysis::resolvePlaceholders(graph);
    return analysis::validate(graph);
}

/// A subgraph that is not sound stays in the file, and `problem` says why nobody may use it.
void readOthers(const schema::Model& model, Graph& graph) {
    Graph alone;
    alone.buffers = graph.buffers;
    for (uint32_t i = 1; i < model.subgraphs()->size(); ++i) {
        const schema::SubGraph& stored = *model.subgraphs()->Get(i);
        alone.tensors.clear();
        alone.ops.clear();
        alone.inputs.clear();
        alone.outputs.clear();
        auto sound = readSubgraph(model, stored, alone);
        if (sound) sound = settle(model, alone);
        graph.others.push_back({stored.name() ? stored.name()->str() : "", std::move(alone.tensors),
                                std::move(alone.ops), alone.inputs, alone.outputs,
                                sound ? "" : sound.error().message()});
    }
}

Result<std::shared_ptr<Graph>> readGraph(const schema::Model& model, Bytes file, std::string name) {
    auto graph = std::make_shared<Graph>();
    graph->name = std::move(name);
    if (model.description()) graph->description = model.description()->str();
    for (uint32_t i = 0; i < model.buffers()->size(); ++i) {
        auto bytes = readBuffer(*model.buffers()->Get(i), file, i);
        if (!bytes) return tl::unexpected(bytes.error());
        graph->buffers.push_back(*bytes);
    }
    if (auto sound = readSubgraph(model, *model.subgraphs()->Get(0), *graph); !sound)
        return tl::unexpected(sound.error());
    readOthers(model, *graph);
    graph->subgraphCount = static_cast<int32_t>(model.subgraphs()->size());
    graph->signatures = signaturesOf(model);
    graph->original = std::move(file);
    graph->carried = std::make_shared<CarriedModel>(carryModel(model));
    return graph;
}

}  // namespace

Result<GraphPtr> readBytes(Bytes bytes, std::string name, const std::string& signature) {
    if (auto sound = checkContainer(bytes, name); !sound) return tl::unexpected(sound.error());
    const schema::Model& model = *schema::GetModel(bytes.data());
    if (auto sound = checkModel(model, name); !sound) return tl::unexpected(sound.error());
    if (!signature.empty()) {
        const auto chosen = findSignature(signaturesOf(model), signature, name);
        if (!chosen) return tl::unexpected(chosen.error());
        if (*chosen > 0) return readBytes(withFirst(bytes, *chosen), std::move(name));
    }
    auto graph = readGraph(model, std::move(bytes), std::move(name));
    if (!graph) return tl::unexpected(graph.error());
    if (auto sound = checkOfflinePlan(model, **graph); !sound) return tl::unexpected(sound.error());
    if (auto sound = settle(model, **graph); !sound) return tl::unexpected(sound.error());
    return GraphPtr(std::move(*graph));
}

Result<GraphPtr> read(const std::filesystem::path& file, const std::string& signature) {
    const std::string name = file.string();
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem) return fail("cannot be read", name, problem.message());
    if (size > kMaxFileBytes)
        return fail("the file has " + std::to_string(size) + " bytes, more than 512 MiB", name,
                    "models for microcontrollers are smaller");
    std::vector<uint8_t> bytes(size);
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return fail("cannot be read", name, "check its permissions");
    auto graph = readBytes(Bytes(std::move(bytes)), file.stem().string(), signature);
    if (!graph && graph.error().where != name)
        graph.error().where =
            name + (graph.error().where.empty() ? "" : ", " + graph.error().where);
    return graph;
}

}  // namespace tflite
