// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TensorVariants: the types in which each real tensor of a float model exists, given the precision
// of every operator. Each activation is written in one variant, its home; an operator that needs
// another type reads a variant derived from it by QUANTIZE or DEQUANTIZE. Constants exist in each
// variant that a user needs.
//
// Variants whose codes a kernel moves or compares unchanged must share a scale. This class unites
// them; where that is impossible (one of them has a fixed scale), it inserts a requantized variant
// between them.

#include <map>
#include <optional>
#include <vector>

#include "quantize/float_model.h"
#include "types/variation.h"

namespace quantize {

/// Returns the type of the activations of an operator that computes in a precision other than
/// AsStored.
types::DataType activationType(types::Precision precision);

/// True for the types that activations are quantized to.
constexpr bool isCode(types::DataType type) {
    return type == types::DataType::Int8 || type == types::DataType::Int16;
}

struct TensorVariant {
    int32_t tensor = -1;
    types::DataType type = types::DataType::Float32;
    int32_t from = -1;  ///< the variant that it is derived from; -1: a home or a constant
    bool constant = false;
};

/// Requested types of model inputs and outputs; empty: those of the neighbouring layers.
struct InterfaceTypes {
    std::vector<std::optional<types::DataType>> inputs, outputs;
};

class TensorVariants {
public:
    /// `precisions` has one entry per operator of the float model, none of them AsStored.
    TensorVariants(const FloatModel& model, const std::vector<types::Precision>& precisions,
                   const InterfaceTypes& interface);

    const std::vector<TensorVariant>& all() const { return m_variants; }
    const TensorVariant& variant(int32_t index) const {
        return m_variants[static_cast<size_t>(index)];
    }
    /// Returns the variant that a tensor is written in; -1 for constants and tensors that are not
    /// real.
    int32_t home(int32_t tensor) const { return m_homes[static_cast<size_t>(tensor)]; }
    /// Returns the variants that operator `op` reads: one entry per operand, -1 where it reads the
    /// tensor unconverted (indices, and the weights and biases of layers).
    const std::vector<int32_t>& operands(size_t op) const { return m_operands[op]; }
    /// Returns one entry per output of the model; -1 for tensors that are not real.
    const std::vector<int32_t>& outputs() const { return m_outputs; }

    /// Returns the representative of all variants that share a scale.
    int32_t scaleClass(int32_t variant) const;
    /// Returns the fixed scale of a class.
    std::optional<types::Quantization> fixedScale(int32_t variant) const;

private:
    int32_t add(TensorVariant variant);
    int32_t derive(int32_t tensor, types::DataType type);
    void placeInputs(const InterfaceTypes& interface);
    void placeOp(size_t op, types::DataType type);
    void placeOutputs(const InterfaceTypes& interface);
    std::optional<types::DataType> typeOfFirstUser(int32_t tensor) const;
    int32_t operandVariant(size_t op, size_t operand, types::DataType type);
    void share(size_t op);
    bool haveOneScale(const std::vector<int32_t>& variants) const;
    void tie(int32_t a, int32_t b);

    const FloatModel& m_model;
    std::vector<types::DataType> m_types;  ///< per operator: type of its activations
    std::vector<TensorVariant> m_variants;
    std::vector<int32_t> m_homes;
    std::map<std::pair<int32_t, types::DataType>, int32_t> m_derived;
    std::vector<std::vector<int32_t>> m_operands;
    std::vector<int32_t> m_outputs;
    mutable std::vector<int32_t> m_parents;
    std::map<int32_t, types::Quantization> m_fixed;  ///< by representative
};

}  // namespace quantize
