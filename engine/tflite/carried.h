// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Parts of the container that the engine does not interpret. A Graph carries them as FlatBuffers
// objects, and the writer puts them back.

#include "tflite/schema.h"

namespace tflite {

struct CarriedTensor {
    schema::TensorT table;  ///< without shape, type, buffer, name and scales: the Graph holds these
};

struct CarriedOp {
    schema::OperatorT table;  ///< without tensor lists; typed options are overwritten on writing
};

struct CarriedModel {
    /// Without buffers (in the Graph); subgraph 0 without tensors and operators.
    schema::ModelT table;
};

CarriedModel carryModel(const schema::Model& model);
/// Null where the Graph holds everything of the tensor.
std::shared_ptr<const CarriedTensor> carryTensor(const schema::Tensor& tensor);
std::shared_ptr<const CarriedOp> carryOp(const schema::Operator& op);

}  // namespace tflite
