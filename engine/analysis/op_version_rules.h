// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What decides an operator's version beside the type of its first operand: options, ranks and the
// other operands. Source: see op_version.h.

#include "types/graph.h"

namespace analysis {

/// An operator with the types, ranks and scales of its operands.
struct Operands {
    const types::Graph& graph;
    const types::Op& op;

    const types::Tensor* input(size_t i) const {
        return op.input(i) >= 0 ? &graph.tensor(op.input(i)) : nullptr;
    }
    const types::Tensor* output() const {
        return op.output(0) >= 0 ? &graph.tensor(op.output(0)) : nullptr;
    }
    bool has(size_t i, types::DataType type) const {
        return input(i) != nullptr && input(i)->type == type;
    }
    bool gives(types::DataType type) const { return output() != nullptr && output()->type == type; }
    size_t rank(size_t i) const { return input(i) != nullptr ? input(i)->shape.size() : 0; }
    bool isQuantized(size_t i) const {
        return input(i) != nullptr && input(i)->quantization.present();
    }
    /// Float activations with int8 weights.
    bool isHybrid(size_t weights) const {
        return has(0, types::DataType::Float32) && has(weights, types::DataType::Int8) &&
               gives(types::DataType::Float32);
    }
    bool isPerChannel(size_t i) const { return input(i)->quantization.perChannel(); }
    template <typename Options>
    Options options() const {
        const auto* own = std::get_if<Options>(&op.options);
        return own != nullptr ? *own : Options{};
    }
};

/// Corrects `plain`, the version by type.
using VersionRule = int32_t (*)(const Operands& op, int32_t plain);

/// Returns null where the type decides alone.
VersionRule versionRule(types::OpKind kind);

}  // namespace analysis
