// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: the operator as a prepare function sees it, and the plan that it returns.
//
// A prepare function converts one validated operator to an OpPlan: the kernel, its parameters and
// scratch. Where it cannot, it throws a Refusal; planOp() catches it, so none leaves this room. It
// must check everything that the kernel relies on: types, operand counts, ranges. It computes the
// same as TFLM's Prepare, with the same double arithmetic.

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/kernels/kernel_list.h"
#include "types/graph.h"

namespace lowering {

class Model;

/// Why an operator cannot run: "with float32 input and int8 weights is ...".
struct Refusal {
    std::string why;
};

struct OpPlan {
    runtime::KernelId kernel{};
    std::vector<uint8_t> params;   ///< the kernel's struct, then its arrays
    std::vector<int64_t> scratch;  ///< bytes, as TFLM requests them
    std::vector<int32_t> inputs;   ///< tensors that the kernel reads; -1: absent
    /// State of the kernel, as one more input: a resource variable, or bytes of its own that are 0
    /// before the first run.
    std::optional<int32_t> variable = std::nullopt;
    int64_t ownState = 0;
    bool keepsOutput = false;          ///< its output is state, whatever the file says
    std::vector<int32_t> blocks = {};  ///< subgraphs that the kernel runs
};

/// Builds OpPlan::params: set the struct, append arrays.
template <typename Params>
class ParamBlock {
public:
    ParamBlock() : m_bytes(aligned(sizeof(Params))) {}

    Params* operator->() { return &m_params; }
    Params& operator*() { return m_params; }

    template <typename Element>
    runtime::Part add(const std::vector<Element>& elements) {
        const size_t at = m_bytes.size(), bytes = elements.size() * sizeof(Element);
        m_bytes.resize(at + aligned(bytes));
        if (bytes > 0) __builtin_memcpy(m_bytes.data() + at, elements.data(), bytes);
        return {static_cast<uint32_t>(at), static_cast<uint32_t>(elements.size())};
    }

    std::vector<uint8_t> bytes() {
        __builtin_memcpy(m_bytes.data(), &m_params, sizeof(Params));
        return m_bytes;
    }

private:
    static size_t aligned(size_t bytes) { return (bytes + 15) / 16 * 16; }

    Params m_params{};
    std::vector<uint8_t> m_bytes;
};

class OpView {
public:
    /// Operator `index` of a subgraph of the model.
    OpView(Model& model, size_t subgraph, size_t index);

    Model& model() const { return m_model; }
    const types::Graph& graph() const { return m_graph; }
    const types::Op& op() const { return m_op; }
    types::OpKind kind() const { return m_op.kind; }
    /// Rows of padding above the image where the operator computes only rows of it
    /// (lowering/bands.h).
    std::optional<int32_t> paddingAbove() const;
    const std::vector<int32_t>& inputs() const { return m_op.inputs; }
    const std::vector<int32_t>& outputs() const { return m_op.outputs; }
    size_t inputCount() const { return m_op.inputs.size(); }
    size_t outputCount() const { return m_op.outputs.size(); }
    bool hasInput(size_t i) const { return m_op.input(i) >= 0; }

    /// Refuses an absent operand.
    const types::Tensor& input(size_t i) const;
    const types::Tensor& output(size_t i = 0) const;

    /// Refuses where the file has no options that fit the operator.
    template <typename Options>
    const Options& options() const {
        const auto* found = std::get_if<Options>(&m_op.options);
        require(found != nullptr, "has no options");
        return *found;
    }

    void require(bool condition, const std::string& why) const {
        if (!condition) refuse(why);
    }
    [[noreturn]] void refuse(const std::string& why) const { throw Refusal{why}; }

    /// Number `position` of a custom operator's options; refuses what is no integer in [low, high].
    int32_t number(size_t position, const char* name, int32_t low, int32_t high) const;

    /// The kernel for a type; refuses other types.
    using Choice = std::pair<types::DataType, runtime::KernelId>;
    runtime::KernelId choose(types::DataType type, std::initializer_list<Choice> choices) const;

    /// Index of the resource variable behind a handle; -1 where it is not known.
    int32_t variableBehind(size_t i) const;
    /// True where constantInts() of that operand succeeds.
    bool isKnown(size_t i) const;
    /// Integers of a constant operand (axes, paddings, shapes).
    std::vector<int64_t> constantInts(size_t i) const;

    /// Refuses tensors that are not of this type.
    void requireType(const types::Tensor& tensor, types::DataType type, const char* role) const;

private:
    Model& m_model;
    size_t m_subgraph;
    const types::Graph& m_graph;
    const types::Op& m_op;
    size_t m_index;
};

/// Bytes of one element; refuses types without a fixed number of whole bytes.
int32_t elementBytes(const OpView& op, types::DataType type);

/// Of four kernels that only move elements, returns the one for this type's size.
runtime::KernelId chooseBySize(const OpView& op, types::DataType type, runtime::KernelId one,
                               runtime::KernelId two, runtime::KernelId four,
                               runtime::KernelId eight);

/// Elements of a tensor as the kernels count them.
int32_t count(const types::Tensor& tensor);

/// Product of the dimensions [first, last).
int32_t volume(const types::Shape& shape, size_t first, size_t last);

/// The axis counted from the front; refuses one outside the rank.
size_t axisOf(const OpView& op, int64_t axis, size_t rank);

/// True where int16 activations are summed in 64 bits: TFLM does so unless the bias is int32. A
/// layer without bias states it in its options.
template <typename Options>
bool sumsIn64Bits(const OpView& op) {
    if (op.input(0).type != types::DataType::Int16) return false;
    const types::DataType bias =
        op.hasInput(2) ? op.input(2).type : op.options<Options>().quantizedBiasType;
    return bias != types::DataType::Int32;
}

}  // namespace lowering
