// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to addDependencies(): one rule per operator, by family.

#include <optional>
#include <vector>

#include "transform/channels/axis_table.h"

namespace transform {

/// One operator with the owners of its operands, as rules use it.
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
    int32_t length(int32_t place, int32_t axis) const { return table.length({place, axis}); }
    /// Returns the constant integers of input i; nothing where they are computed at run time.
    std::optional<std::vector<int64_t>> ints(size_t i) const;
    /// Returns the axis counted from the front; nothing where it is outside the owner's rank.
    std::optional<int32_t> axisIn(int64_t axis, int32_t owner) const;
    template <typename Options>
    const Options* options() const {
        return std::get_if<Options>(&op.options);
    }

    Barrier because(const char* what) const { return {static_cast<int32_t>(index), what}; }
    /// Fixes everything that the operator reads and writes.
    void fixAll(const char* what) const;
    void fix(int32_t place, int32_t axis, const char* what) const;
    /// Fixes all axes but `axis`.
    void fixOthers(int32_t place, int32_t axis, const char* what) const;
    void tie(int32_t a, int32_t axisA, int32_t b, int32_t axisB) const;
    /// Ties all axes of two owners; fixes owners of different shapes.
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

/// Ties `count` axes of `from`, from `first` on, to the one axis `to` that they are flattened to.
/// Only one of them can be tracked: the one that weights produce. The others are fixed.
void tieMerged(const OpAxes& op, int32_t from, int32_t first, int32_t count, Axis to);

}  // namespace transform
