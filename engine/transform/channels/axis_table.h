// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// AxisTable: which elements of which axes of which tensors must be removed together. Removing
// channel 3 of a convolution also removes element 3 of its bias, of the activation's last axis, of
// the next filter's input axis, and so on; the table finds these sets with a union-find over the
// elements of all axes. Concatenation offsets, flattening and grouped convolutions need no special
// treatment: they tie other elements.
//
// An AxisOwner is an object with axes: a tensor, or one use of a constant by one operator. Each use
// is an owner, so that a constant shared by operators does not tie them together.
//
// Elements that must not be removed are fixed, with the operator that requires it. Elements that a
// layer's weights produce are marked; only these can be removed.
//
// Ownership: refers to the Graph, which must outlive it. One thread until settle().

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
    int32_t op = -1, operand = -1;  ///< operator and operand of the use; -1 for tensors

    bool isConstantUse() const { return op >= 0; }
};

/// An axis with one slice of weights per channel, by which importance is measured.
struct Producer {
    Axis axis;
    int32_t op = -1;
};

/// Why elements are fixed: the effect of operator `op` ("SOFTMAX normalises over channels"); op -1:
/// the model itself.
struct Barrier {
    int32_t op = -1;
    const char* what = "";
};

class AxisTable {
public:
    /// Returns an Error where the axes are too long to be tracked in memory.
    static types::Result<AxisTable> create(const types::Graph& graph);

    /// Returns the owner of an operator's input; -1 where it is absent.
    int32_t inputPlace(size_t op, size_t operand) const;
    int32_t outputPlace(size_t op, size_t i) const { return m_graph->ops[op].output(i); }
    const std::vector<AxisOwner>& owners() const { return m_owners; }
    const types::Shape& shape(int32_t owner) const;
    int32_t rank(int32_t owner) const { return static_cast<int32_t>(shape(owner).size()); }
    int32_t length(Axis axis) const;

    void tie(Axis a, int32_t i, Axis b, int32_t j);
    /// Ties axes of equal length element by element; fixes both where lengths differ.
    void tie(Axis a, Axis b, const Barrier& otherwise);
    void fix(Axis axis, const Barrier& barrier);
    void fixOwner(int32_t owner, const Barrier& barrier);
    void markProduced(Axis axis, size_t op);
    /// After the last tie: from now on many threads may read.
    void settle();

    /// Returns the representative of the set that contains this element.
    int32_t root(Axis axis, int32_t i) const;
    bool isProduced(int32_t root) const { return m_produced[static_cast<size_t>(root)]; }
    /// Returns null where the elements may be removed.
    const Barrier* barrier(int32_t root) const;
    /// True where weights produce an element of the axis that is not fixed so far.
    bool mayShrink(Axis axis) const;

    const std::vector<Producer>& producers() const { return m_producers; }
    int32_t elementCount() const { return static_cast<int32_t>(m_parents.size()); }
    /// Returns the index of the axis among all axes of all owners.
    size_t axisNumber(Axis axis) const;

private:
    void addOwner(AxisOwner owner);
    int32_t find(int32_t node) const;

    const types::Graph* m_graph = nullptr;
    std::vector<AxisOwner> m_owners;         ///< one per tensor, then one per use of a constant
    std::vector<size_t> m_firstUse;          ///< per operator: its first entry in m_operandPlaces
    std::vector<int32_t> m_operandPlaces;    ///< owner of every operator input
    std::vector<size_t> m_firstAxis;         ///< first axis per owner
    std::vector<int32_t> m_firstNode;        ///< first element per axis
    mutable std::vector<int32_t> m_parents;  ///< per element; find() shortens paths
    std::vector<int32_t> m_barrierOf;        ///< per root: index into m_barriers, -1: none
    std::vector<bool> m_produced;            ///< per root
    std::vector<Barrier> m_barriers;
    std::vector<Producer> m_producers;
};

}  // namespace transform
