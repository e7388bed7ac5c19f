// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/prepare/op_view.h"

#include "analysis/constants.h"
#include "lowering/model.h"

namespace lowering {

using types::DataType;
using types::Tensor;

OpView::OpView(Model& model, size_t subgraph, size_t index)
    : m_model(model),
      m_subgraph(subgraph),
      m_graph(model.graph(subgraph)),
      m_op(m_graph.ops[index]),
      m_index(index) {}

std::optional<int32_t> OpView::paddingAbove() const {
    return m_model.paddingAbove(m_subgraph, m_index);
}

int32_t OpView::variableBehind(size_t i) const {
    return m_model.variables().behind(m_subgraph, m_op.input(i));
}

const Tensor& OpView::input(size_t i) const {
    require(hasInput(i), "has no input " + std::to_string(i));
    return m_graph.tensor(m_op.input(i));
}

const Tensor& OpView::output(size_t i) const {
    require(m_op.output(i) >= 0, "has no output " + std::to_string(i));
    return m_graph.tensor(m_op.output(i));
}

int32_t OpView::number(size_t position, const char* name, int32_t low, int32_t high) const {
    const auto value = options<types::CustomOptions>().integer(position);
    require(value && *value >= low && *value <= high,
            std::string("needs ") + name + " from " + std::to_string(low) + " to " +
                std::to_string(high) + " as option " + std::to_string(position));
    return *value;
}

runtime::KernelId OpView::choose(DataType type, std::initializer_list<Choice> choices) const {
    std::string known;
    for (const Choice& choice : choices) {
        if (choice.first == type) return choice.second;
        known += (known.empty() ? "" : ", ") + types::dataTypeName(choice.first);
    }
    refuse("of " + types::dataTypeName(type) + " has no kernel (there are kernels for " + known +
           ")");
}

bool OpView::isKnown(size_t i) const {
    return analysis::constantInts(m_graph, m_op.input(i)).has_value();
}

std::vector<int64_t> OpView::constantInts(size_t i) const {
    const auto ints = analysis::constantInts(m_graph, m_op.input(i));
    require(ints.has_value(),
            "needs input " + std::to_string(i) + " as a constant, it is computed at run time");
    return *ints;
}

void OpView::requireType(const Tensor& tensor, DataType type, const char* role) const {
    require(tensor.type == type, "of " + types::dataTypeName(input(0).type) + " needs a " + role +
                                     " of " + types::dataTypeName(type) + ", not of " +
                                     types::dataTypeName(tensor.type));
}

int32_t elementBytes(const OpView& op, DataType type) {
    const int bits = types::bitsOf(type);
    op.require(bits >= 8 && bits % 8 == 0 && bits <= 64,
               "of " + types::dataTypeName(type) + " has no kernel");
    return bits / 8;
}

runtime::KernelId chooseBySize(const OpView& op, DataType type, runtime::KernelId one,
                               runtime::KernelId two, runtime::KernelId four,
                               runtime::KernelId eight) {
    switch (elementBytes(op, type)) {
        case 1:
            return one;
        case 2:
            return two;
        case 4:
            return four;
        case 8:
            return eight;
        default:
            op.refuse("of " + types::dataTypeName(type) + " has no kernel");
    }
}

int32_t count(const Tensor& tensor) {
    return static_cast<int32_t>(tensor.elements());
}

int32_t volume(const types::Shape& shape, size_t first, size_t last) {
    int32_t product = 1;
    for (size_t d = first; d < last; ++d)
        product *= shape[d];
    return product;
}

size_t axisOf(const OpView& op, int64_t axis, size_t rank) {
    const auto signedRank = static_cast<int64_t>(rank);
    op.require(axis >= -signedRank && axis < signedRank, "has an axis outside its shape");
    return static_cast<size_t>(axis < 0 ? axis + signedRank : axis);
}

}  // namespace lowering
