// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the container holds and the engine does not interpret. It rides along with the Graph as
// FlatBuffers objects and is put back when the Graph is written.

#include "schema_generated.h"

namespace tflite {

struct CarriedTensor {
    schema::TensorT table;  ///< without shape, type, buffer, name and scales, which the Graph holds
};

struct CarriedOp {
    schema::OperatorT table;  ///< without tensor lists; options that we type are overwritten
};

struct CarriedModel {
    /// Without buffers (the Graph holds them); subgraph 0 without tensors and operators.
    schema::ModelT table;
};

CarriedModel carryModel(const schema::Model& model);
/// Null where the tensor has nothing that the Graph does not hold.
std::shared_ptr<const CarriedTensor> carryTensor(const schema::Tensor& tensor);
std::shared_ptr<const CarriedOp> carryOp(const schema::Operator& op);

}  // namespace tflite
