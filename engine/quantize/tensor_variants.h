// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TensorVariants: in which types each real tensor of a float model exists once every operator has
// been told what it computes in. An activation is written in one variant, its home; an operator
// that wants another reads a variant derived from it by QUANTIZE or DEQUANTIZE. Constants take the
// variant that each user wants.
//
// TensorVariants whose codes a kernel moves or compares unchanged share a scale; they are tied
// here, and where that cannot be (one of them has a prescribed scale) a requantized variant is put
// between.

#include <map>
#include <optional>
#include <vector>

#include "quantize/float_model.h"
#include "types/variation.h"

namespace quantize {

/// Type of the activations of an operator that computes in a precision other than AsStored.
types::DataType activationType(types::Precision precision);

/// True for the types that activations are quantized to.
constexpr bool isCode(types::DataType type) {
    return type == types::DataType::Int8 || type == types::DataType::Int16;
}

struct TensorVariant {
    int32_t tensor = -1;
    types::DataType type = types::DataType::Float32;
    int32_t from = -1;  ///< the variant that it is converted from; -1: a home or a constant
    bool constant = false;
};

/// Wanted types of model inputs and outputs; nothing: what the neighbouring layer computes in.
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
    /// The variant that a tensor is written in; -1 for constants and what is not real.
    int32_t home(int32_t tensor) const { return m_homes[static_cast<size_t>(tensor)]; }
    /// TensorVariants that operator `op` reads: one entry per operand, -1 where it reads the tensor
    /// as it is (indices, and the weights and biases of layers).
    const std::vector<int32_t>& operands(size_t op) const { return m_operands[op]; }
    /// One entry per output of the model; -1 for what is not real.
    const std::vector<int32_t>& outputs() const { return m_outputs; }

    /// The representative of all variants that share a scale.
    int32_t scaleClass(int32_t variant) const;
    /// The prescribed scale of a class.
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
    std::vector<types::DataType> m_types;  ///< of every operator's activations
    std::vector<TensorVariant> m_variants;
    std::vector<int32_t> m_homes;
    std::map<std::pair<int32_t, types::DataType>, int32_t> m_derived;
    std::vector<std::vector<int32_t>> m_operands;
    std::vector<int32_t> m_outputs;
    mutable std::vector<int32_t> m_parents;
    std::map<int32_t, types::Quantization> m_fixed;  ///< by representative
};

}  // namespace quantize
