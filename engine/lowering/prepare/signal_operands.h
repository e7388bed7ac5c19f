// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: what TFLM's signal kernels require of their operands.

#include "lowering/prepare/op_view.h"

namespace lowering {

/// Longest vector of samples that options may ask for.
constexpr int32_t kMaxSamples = 1 << 16;

inline void requireCounts(const OpView& op, size_t inputs, size_t outputs) {
    op.require(
        op.inputCount() == inputs && op.outputCount() == outputs,
        "needs " + std::to_string(inputs) + " inputs and " + std::to_string(outputs) + " outputs");
}

/// Elements of a tensor of this type and rank.
inline uint32_t elements(const OpView& op, const types::Tensor& tensor, types::DataType type,
                         size_t rank, const char* role) {
    op.require(tensor.type == type && tensor.shape.size() == rank,
               std::string("needs ") + role + " of " + types::dataTypeName(type) + " and rank " +
                   std::to_string(rank));
    return static_cast<uint32_t>(count(tensor));
}

/// The length of the last axis; the others count rows.
struct SignalRows {
    uint32_t count = 0, length = 0;
};

inline SignalRows rowsOf(const OpView& op, const types::Tensor& tensor, types::DataType type,
                         const char* role) {
    op.require(tensor.type == type && !tensor.shape.empty() && tensor.elements() > 0,
               std::string("needs ") + role + " of " + types::dataTypeName(type) +
                   " with one axis or more");
    const auto length = static_cast<uint32_t>(tensor.shape.back());
    return {static_cast<uint32_t>(count(tensor)) / length, length};
}

}  // namespace lowering
