// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to shape inference: one rule per operator. A rule takes an OpShapes and returns the
// shapes of the outputs, or an Error whose `what` states the violated requirement. Rules may assume
// only that all tensor indices are in range and all dimensions are plausible.

#include <optional>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

using Shapes = types::Result<std::vector<types::Shape>>;

struct OpShapes {
    const types::Graph& graph;
    const types::Op& op;

    size_t inputCount() const { return op.inputs.size(); }
    bool hasInput(size_t i) const { return op.input(i) >= 0; }
    const types::Tensor& input(size_t i) const { return graph.tensor(op.inputs[i]); }
    const types::Shape& shape(size_t i) const { return input(i).shape; }
    /// Constant integers of input i; nullopt where it is absent or computed at run time.
    std::optional<std::vector<int64_t>> ints(size_t i) const;
    /// The outputs as declared in the file.
    std::vector<types::Shape> declared() const;
    template <typename Options>
    const Options* options() const {
        return std::get_if<Options>(&op.options);
    }
};

/// Error of a rule; the caller adds the operator.
tl::unexpected<types::Error> broken(std::string what);

/// The axis counted from the front; nullopt where it is outside the rank.
std::optional<size_t> axisOf(int64_t axis, size_t rank);

/// NumPy broadcasting; nullopt where the shapes do not match.
std::optional<types::Shape> broadcast(const types::Shape& a, const types::Shape& b);

using ShapeRule = Shapes (*)(const OpShapes&);

/// Rules by family; null where the family has none for this operator.
ShapeRule windowRule(types::OpKind kind);
ShapeRule dataMovementRule(types::OpKind kind);
ShapeRule indexRule(types::OpKind kind);
ShapeRule signalRule(types::OpKind kind);

}  // namespace analysis
