// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/write.h"

#include <algorithm>

#include "bytes/write_file.h"
#include "tflite/carried.h"
#include "tflite/op_options.h"

namespace tflite {
namespace {

using namespace types;

/// Codes below this are also stored in the older byte field; for others that field holds the limit.
constexpr int32_t kByteCodeLimit = 127;
constexpr const char* kOfflinePlan = "OfflineMemoryAllocation";
constexpr const char* kDescription = "made by Netcaliper";

std::unique_ptr<schema::QuantizationParametersT> packQuantization(const Quantization& q,
                                                                  const CarriedTensor* carried) {
    const bool kept = carried && carried->table.quantization;
    if (!kept && !q.present() && q.zeroPoint.empty() && q.min.empty() && q.max.empty())
        return nullptr;
    auto table = std::make_unique<schema::QuantizationParametersT>();
    if (kept) *table = *carried->table.quantization;
    table->scale = q.scale;
    table->zero_point = q.zeroPoint;
    table->min = q.min;
    table->max = q.max;
    table->quantized_dimension = q.axis;
    return table;
}

void packBlockScales(const BlockScales& scales, schema::QuantizationParametersT& table) {
    if (scales.axes.empty()) {
        schema::BlockwiseQuantizationT blocks;
        blocks.scales = scales.scales;
        blocks.zero_points = scales.zeroPoints;
        blocks.block_size = scales.blockSize;
        return table.details.Set(std::move(blocks));
    }
    schema::MultiAxisQuantizationT slices;
    slices.scales = scales.scales;
    slices.zero_points = scales.zeroPoints;
    slices.block_size = scales.blockSize;
    slices.quantized_dimensions = scales.axes;
    table.details.Set(std::move(slices));
}

std::unique_ptr<schema::TensorT> packTensor(const Tensor& tensor) {
    auto table = std::make_unique<schema::TensorT>();
    if (tensor.carried) *table = tensor.carried->table;
    table->name = tensor.name;
    table->type = static_cast<schema::TensorType>(tensor.type);
    table->shape = tensor.shape;
    table->shape_signature = tensor.shapeSignature;
    table->has_rank = tensor.hasRank;
    table->buffer = tensor.buffer;
    table->is_variable = tensor.isVariable;
    table->external_buffer = tensor.externalBuffer;
    table->quantization = packQuantization(tensor.quantization, tensor.carried.get());
    if (!tensor.blockScales) return table;
    if (!table->quantization)
        table->quantization = std::make_unique<schema::QuantizationParametersT>();
    packBlockScales(*tensor.blockScales, *table->quantization);
    return table;
}

/// Index of the operator's code in the model's list; adds a new code.
uint32_t codeIndex(const Op& op, schema::ModelT& model) {
    const auto kind = static_cast<int32_t>(isCustom(op.kind) ? OpKind::CUSTOM : op.kind);
    for (size_t i = 0; i < model.operator_codes.size(); ++i) {
        const schema::OperatorCodeT& code = *model.operator_codes[i];
        const int32_t known = std::max<int32_t>(code.deprecated_builtin_code, code.builtin_code);
        if (known == kind && code.version == op.version && code.custom_code == op.customCode)
            return static_cast<uint32_t>(i);
    }
    auto code = std::make_unique<schema::OperatorCodeT>();
    code->deprecated_builtin_code = static_cast<int8_t>(std::min(kind, kByteCodeLimit));
    code->builtin_code = static_cast<schema::BuiltinOperator>(kind);
    code->version = op.version;
    code->custom_code = op.customCode;
    model.operator_codes.push_back(std::move(code));
    return static_cast<uint32_t>(model.operator_codes.size() - 1);
}

std::unique_ptr<schema::OperatorT> packOp(const Op& op, schema::ModelT& model) {
    auto table = std::make_unique<schema::OperatorT>();
    if (op.carried) *table = op.carried->table;
    table->opcode_index = codeIndex(op, model);
    table->inputs = op.inputs;
    table->outputs = op.outputs;
    table->intermediates = op.intermediates;
    writeOptions(op, *table);
    return table;
}

schema::ModelT packModel(const Graph& graph) {
    schema::ModelT model;
    if (graph.carried) model = graph.carried->table;
    model.version = 3;
    // An offline plan has one offset per tensor of the original file, so it does not fit this one.
    std::erase_if(model.metadata, [](const auto& entry) { return entry->name == kOfflinePlan; });
    model.description = graph.description;
    if (model.description.empty() && !graph.carried) model.description = kDescription;
    if (model.subgraphs.empty()) model.subgraphs.push_back(std::make_unique<schema::SubGraphT>());
    schema::SubGraphT& main = *model.subgraphs.front();
    for (const Tensor& tensor : graph.tensors)
        main.tensors.push_back(packTensor(tensor));
    for (const Op& op : graph.ops)
        main.operators.push_back(packOp(op, model));
    main.inputs = graph.inputs;
    main.outputs = graph.outputs;
    for (const Bytes& bytes : graph.buffers) {
        auto buffer = std::make_unique<schema::BufferT>();
        buffer->data.assign(bytes.view().begin(), bytes.view().end());
        model.buffers.push_back(std::move(buffer));
    }
    return model;
}

}  // namespace

Bytes writeBytes(const Graph& graph) {
    if (!graph.original.empty()) return graph.original;
    const schema::ModelT model = packModel(graph);
    flatbuffers::FlatBufferBuilder builder(1 << 16);
    schema::FinishModelBuffer(builder, schema::Model::Pack(builder, &model));
    return Bytes(std::vector<uint8_t>(builder.GetBufferPointer(),
                                      builder.GetBufferPointer() + builder.GetSize()));
}

Result<void> write(const Graph& graph, const std::filesystem::path& file) {
    return bytes::writeFile(file, writeBytes(graph).view());
}

}  // namespace tflite
