// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AxisTable: which elements of which axes of which tensors belong together. Removing channel 3 of a
// convolution also removes element 3 of its bias, of the activation's last axis, of the next
// filter's input axis, and so on; the table finds such sets with a union-find over the elements of
// all axes. Concatenation offsets, flattening and grouped convolutions are then nothing special:
// they tie other elements.
//
// A AxisOwner is where data with axes stand: a tensor, or one use of a constant by one operator.
// Uses are owners of their own, so that a constant shared by operators does not tie them together.
//
// Elements that may never be removed are fixed, with the operator that says so. Elements that a
// layer's weights produce are marked; only these can be removed at all.
//
// Ownership: refers to the Graph, which must outlive it. One thread while it is filled.

#include <cstdint>
#include <vector>

#include "types/graph.h"
#include "types/result.h"

namespace transform {

/// One axis of one owner.
struct Axis {
    int32_t owner = -1;
    int32_t axis = 0;

    bool operator==(const Axis&) const = default;
};

struct AxisOwner {
    int32_t tensor = -1;
    int32_t op = -1, operand = -1;  ///< of the use; -1 for tensors

    bool isConstantUse() const { return op >= 0; }
};

/// An axis with one slice of weights per channel: what importance is measured on.
struct Producer {
    Axis axis;
    int32_t op = -1;
};

/// Why elements stay: what operator `op` does ("SOFTMAX normalises over channels"); op -1: the
/// model itself.
struct Barrier {
    int32_t op = -1;
    const char* what = "";
};

class AxisTable {
public:
    /// Fails where the axes are so long that following them would need too much memory.
    static types::Result<AxisTable> create(const types::Graph& graph);

    /// AxisOwner of an operator's input; -1 where it is left out.
    int32_t inputPlace(size_t op, size_t operand) const;
    int32_t outputPlace(size_t op, size_t i) const { return m_graph->ops[op].output(i); }
    const std::vector<AxisOwner>& owners() const { return m_owners; }
    const types::Shape& shape(int32_t owner) const;
    int32_t rank(int32_t owner) const { return static_cast<int32_t>(shape(owner).size()); }
    int32_t length(Axis axis) const;

    void tie(Axis a, int32_t i, Axis b, int32_t j);
    /// Ties axes of the same length element by element; fixes both where they differ.
    void tie(Axis a, Axis b, const Barrier& otherwise);
    void fix(Axis axis, const Barrier& barrier);
    void fixOwner(int32_t owner, const Barrier& barrier);
    void markProduced(Axis axis, size_t op);

    /// The representative of the set that holds this element.
    int32_t root(Axis axis, int32_t i) const;
    bool isProduced(int32_t root) const { return m_produced[static_cast<size_t>(root)]; }
    /// Null where the elements may be removed.
    const Barrier* barrier(int32_t root) const;
    /// True where some element of the axis is produced by weights and not fixed so far.
    bool mayShrink(Axis axis) const;

    const std::vector<Producer>& producers() const { return m_producers; }
    int32_t elementCount() const { return static_cast<int32_t>(m_parents.size()); }
    /// Number of the axis among all axes of all owners.
    size_t axisNumber(Axis axis) const;

private:
    void addOwner(AxisOwner owner);
    int32_t find(int32_t node) const;

    const types::Graph* m_graph = nullptr;
    std::vector<AxisOwner> m_owners;         ///< one per tensor, then one per use of a constant
    std::vector<size_t> m_firstUse;          ///< per operator: its first place in m_operandPlaces
    std::vector<int32_t> m_operandPlaces;    ///< place of every operator input
    std::vector<size_t> m_firstAxis;         ///< per place
    std::vector<int32_t> m_firstNode;        ///< per axis
    mutable std::vector<int32_t> m_parents;  ///< per element; find() shortens paths
    std::vector<int32_t> m_barrierOf;        ///< per root: index into m_barriers, -1: none
    std::vector<bool> m_produced;            ///< per root
    std::vector<Barrier> m_barriers;
    std::vector<Producer> m_producers;
};

}  // namespace transform
