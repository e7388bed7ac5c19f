// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the room: tensors of an ONNX file -> ConstantArray. Untrusted: counts are checked
// against the bytes that are there before anything is allocated.

#include <filesystem>
#include <string>

#include "onnx/onnx_network.h"
#include "onnx_subset.pb.h"

namespace onnx {

constexpr int kMaxRank = 6;
constexpr int64_t kMaxDimension = 1 << 24;
/// Elements of a tensor, and of what the conversion computes from constants.
constexpr int64_t kMaxElements = int64_t{1} << 26;
constexpr int64_t kMaxComputedElements = int64_t{1} << 23;

/// True where all dimensions are at least 1 and the elements at most kMaxElements.
bool isSane(const types::Shape& shape);

/// Float16, bfloat16 and double become float32. Throws for types without a counterpart.
types::DataType dataTypeOf(int32_t onnxType, const std::string& where);

/// Throws Unmappable.
ConstantArray readTensor(const schema::TensorProto& stored, const std::string& where,
                         const std::filesystem::path& directory);

}  // namespace onnx
