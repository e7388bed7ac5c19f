// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OpTraits: what kind of operator an OpKind is, in one table. Shape inference, counting, channel
// dependencies and colours ask here for what holds for a whole class; a row of their own is needed
// only where an operator differs from its class.

#include "types/op_kind.h"

namespace types {

/// What an operator does in a network.
enum class OpClass : int8_t {
    Convolution,
    Depthwise,
    FullyConnected,  ///< and products of matrices
    Recurrent,
    Pooling,      ///< and reductions over axes
    ElementWise,  ///< arithmetic, comparisons, logic
    Activation,
    Other,  ///< moves data, changes its type or shape, and all that has no row
};
constexpr int kOpClassCount = 8;

/// Which inputs an output element depends on (after the operator patterns of TVM).
enum class OpPattern : int8_t {
    ElementWise,  ///< input 0 at the same place, whose shape the output has
    Broadcast,    ///< all inputs at the same place, broadcast as NumPy does
    LastAxis,     ///< input 0 along its last axis; the output has its shape
    Reduction,    ///< input 0 along the axes that input 1 names
    Other,        ///< anything else: rooms need a rule for the operator itself
};

struct OpTraits {
    OpClass opClass = OpClass::Other;
    OpPattern pattern = OpPattern::Other;
    /// Arithmetic operations per output element that are no part of a MAC; 0 where they depend on
    /// shapes (analysis/count.cpp) or there are none.
    int8_t opsPerOutput = 0;
};

OpTraits opTraits(OpKind kind);
/// Whether the table has a row.
bool hasOpTraits(OpKind kind);

}  // namespace types
