// SPDX-License-Identifier: GPL-3.0-or-later
#include "tflite/carried.h"

#include <memory>

namespace tflite {
namespace {

template <typename Table>
auto unpackAll(const flatbuffers::Vector<flatbuffers::Offset<Table>>* tables) {
    using Native = typename Table::NativeTableType;
    std::vector<std::unique_ptr<Native>> result;
    if (!tables) return result;
    for (const Table* table : *tables)
        result.emplace_back(table->UnPack());
    return result;
}

std::vector<std::unique_ptr<schema::SubGraphT>> carrySubgraphs(const schema::Model& model) {
    std::vector<std::unique_ptr<schema::SubGraphT>> result;
    for (const schema::SubGraph* subgraph : *model.subgraphs()) {
        if (!result.empty()) {
            result.emplace_back(subgraph->UnPack());
            continue;
        }
        auto first = std::make_unique<schema::SubGraphT>();
        if (subgraph->name()) first->name = subgraph->name()->str();
        first->debug_metadata_index = subgraph->debug_metadata_index();
        result.push_back(std::move(first));
    }
    return result;
}

}  // namespace

CarriedModel carryModel(const schema::Model& model) {
    CarriedModel carried;
    schema::ModelT& table = carried.table;
    table.version = model.version();
    table.operator_codes = unpackAll(model.operator_codes());
    table.subgraphs = carrySubgraphs(model);
    table.metadata = unpackAll(model.metadata());
    table.signature_defs = unpackAll(model.signature_defs());
    table.external_buffer_groups = unpackAll(model.external_buffer_groups());
    table.external_buffers = unpackAll(model.external_buffers());
    if (model.metadata_buffer())
        table.metadata_buffer.assign(model.metadata_buffer()->begin(),
                                     model.metadata_buffer()->end());
    return carried;
}

std::shared_ptr<const CarriedTensor> carryTensor(const schema::Tensor& tensor) {
    const auto* quantization = tensor.quantization();
    const bool customQuantization =
        quantization && quantization->details_type() != schema::QuantizationDetails_NONE;
    if (!tensor.sparsity() && !tensor.variant_tensors() && !tensor.external_buffer() &&
        !customQuantization)
        return nullptr;
    auto carried = std::make_shared<CarriedTensor>();
    tensor.UnPackTo(&carried->table);
    return carried;
}

std::shared_ptr<const CarriedOp> carryOp(const schema::Operator& op) {
    auto carried = std::make_shared<CarriedOp>();
    op.UnPackTo(&carried->table);
    carried->table.inputs.clear();
    carried->table.outputs.clear();
    carried->table.intermediates.clear();
    return carried;
}

}  // namespace tflite
