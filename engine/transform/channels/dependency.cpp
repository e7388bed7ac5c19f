// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/channels/dependency.h"

#include <algorithm>

#include "analysis/constants.h"
#include "transform/channels/cut_tensor.h"
#include "transform/channels/dependency_rules.h"

namespace transform {

std::optional<std::vector<int64_t>> OpAxes::ints(size_t i) const {
    return analysis::constantInts(graph, op.input(i));
}

std::optional<int32_t> OpAxes::axisIn(int64_t axis, int32_t owner) const {
    if (axis < 0) axis += rank(owner);
    if (axis < 0 || axis >= rank(owner)) return std::nullopt;
    return static_cast<int32_t>(axis);
}

void OpAxes::fixAll(const char* what) const {
    for (size_t i = 0; i < op.inputs.size(); ++i)
        table.fixOwner(in(i), because(what));
    for (size_t i = 0; i < op.outputs.size(); ++i)
        table.fixOwner(out(i), because(what));
}

void OpAxes::fix(int32_t owner, int32_t axis, const char* what) const {
    if (axis < 0 || axis >= rank(owner)) return;
    table.fix({owner, axis}, because(what));
}

void OpAxes::fixOthers(int32_t owner, int32_t axis, const char* what) const {
    for (int32_t other = 0; other < rank(owner); ++other)
        if (other != axis) fix(owner, other, what);
}

void OpAxes::tie(int32_t a, int32_t axisA, int32_t b, int32_t axisB) const {
    // Operands that validate() does not check may have any rank.
    if (axisA < 0 || axisA >= rank(a) || axisB < 0 || axisB >= rank(b))
        return fixAll("has an operand of unexpected rank");
    table.tie({a, axisA}, {b, axisB}, because("joins axes of different lengths"));
}

void OpAxes::tiePlaces(int32_t a, int32_t b) const {
    if (rank(a) != rank(b)) {
        table.fixOwner(a, because("joins tensors of different rank"));
        table.fixOwner(b, because("joins tensors of different rank"));
        return;
    }
    for (int32_t axis = 0; axis < rank(a); ++axis)
        tie(a, axis, b, axis);
}

namespace {

bool hasOpaqueConstant(const types::Graph& graph, const types::Op& op) {
    return std::any_of(op.inputs.begin(), op.inputs.end(), [&](int32_t tensor) {
        return tensor >= 0 && graph.isConstant(tensor) && isOpaque(graph.tensor(tensor));
    });
}

DependencyRule dependencyRule(types::OpKind kind) {
    for (auto family : {layerDependencyRule, recurrentDependencyRule, elementwiseDependencyRule,
                        windowDependencyRule, shapeDependencyRule, cutDependencyRule})
        if (DependencyRule rule = family(kind)) return rule;
    return nullptr;
}

}  // namespace

bool hasDependencyRule(types::OpKind kind) {
    return dependencyRule(kind) != nullptr;
}

void addDependencies(const types::Graph& graph, size_t op, AxisTable& table) {
    const OpAxes axes{graph, table, op, graph.ops[op]};
    if (hasOpaqueConstant(graph, axes.op))
        return axes.fixAll("holds compressed or specially quantized constants");
    if (const DependencyRule rule = dependencyRule(axes.op.kind)) return rule(axes);
    axes.fixAll("cannot be followed");
}

}  // namespace transform
