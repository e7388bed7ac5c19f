// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside of addDependencies(): a rule per operator, by family.

#include <optional>
#include <vector>

#include "transform/channels/axis_table.h"

namespace transform {

/// One operator with its owners, as a rule sees it.
struct OpAxes {
    const types::Graph& graph;
    AxisTable& table;
    size_t index;
    const types::Op& op;

    int32_t in(size_t i) const { return table.inputPlace(index, i); }
    int32_t out(size_t i) const { return table.outputPlace(index, i); }
    bool has(size_t i) const { return in(i) >= 0; }
    int32_t rank(int32_t owner) const { return table.rank(owner); }
    int32_t last(int32_t owner) const { return rank(owner) - 1; }
    int32_t length(int32_t owner, int32_t axis) const { return table.length({owner, axis}); }
    /// Constant integers of input i; nothing where they are computed at run time.
    std::optional<std::vector<int64_t>> ints(size_t i) const;
    /// The axis counted from the front; nothing where it is outside the place's rank.
    std::optional<int32_t> axisIn(int64_t axis, int32_t owner) const;
    template <typename Options>
    const Options* options() const {
        return std::get_if<Options>(&op.options);
    }

    Barrier because(const char* what) const { return {static_cast<int32_t>(index), what}; }
    /// Everything that the operator reads and writes stays as it is.
    void fixAll(const char* what) const;
    void fix(int32_t owner, int32_t axis, const char* what) const;
    /// All axes but `axis`.
    void fixOthers(int32_t owner, int32_t axis, const char* what) const;
    void tie(int32_t a, int32_t axisA, int32_t b, int32_t axisB) const;
    /// Axis by axis; owners of different shapes are fixed.
    void tiePlaces(int32_t a, int32_t b) const;
};

using DependencyRule = void (*)(const OpAxes&);

/// Rules by family; null where the family has none for this operator.
DependencyRule layerDependencyRule(types::OpKind kind);
DependencyRule recurrentDependencyRule(types::OpKind kind);
DependencyRule elementwiseDependencyRule(types::OpKind kind);
DependencyRule windowDependencyRule(types::OpKind kind);
DependencyRule shapeDependencyRule(types::OpKind kind);
DependencyRule cutDependencyRule(types::OpKind kind);

/// Axes of `from`, from `first` on, that are read as one axis `to`, as flattening does. Only one of
/// them can be followed: the one that weights produce. The others are fixed.
void tieMerged(const OpAxes& op, int32_t from, int32_t first, int32_t count, Axis to);

}  // namespace transform
