// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// OpTraits: the properties of each OpKind in one table. Shape inference, counting, channel
// dependencies and colours use it for whole classes; they have rules of their own only where an
// operator differs from its class.

#include "types/op_kind.h"

namespace types {

/// The role of an operator in a network.
enum class OpClass : int8_t {
    Convolution,
    Depthwise,
    FullyConnected,  ///< also matrix products
    Recurrent,
    Pooling,      ///< also reductions over axes
    ElementWise,  ///< arithmetic, comparisons, logic
    Activation,
    Other,  ///< data movement, changes of type or shape, and operators without a row
};
constexpr int kOpClassCount = 8;

/// The inputs that an output element depends on (after the operator patterns of TVM).
enum class OpPattern : int8_t {
    ElementWise,  ///< input 0 at the same index; equal shapes
    Broadcast,    ///< all inputs at the same index, broadcast as in NumPy
    LastAxis,     ///< input 0 along its last axis; the output has its shape
    Reduction,    ///< input 0 along the axes that input 1 names
    Other,        ///< anything else: rooms need a rule for the operator
};

struct OpTraits {
    OpClass opClass = OpClass::Other;
    OpPattern pattern = OpPattern::Other;
    /// Arithmetic operations per output element outside MACs; 0 where there are none, or where they
    /// depend on shapes (analysis/count.cpp).
    int8_t opsPerOutput = 0;
};

OpTraits opTraits(OpKind kind);
/// True where the table has a row.
bool hasOpTraits(OpKind kind);

}  // namespace types
