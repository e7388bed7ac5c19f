// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SELECT_V2: selects one of two operands per element by a bool; all three are broadcast. Operands:
// condition, value where true, value where false; output.

#include "runtime/kernels/strided_iterator.h"

namespace runtime {

struct SelectParams {
    StridedIterator<3> iterator;  ///< in the order of the output
};

}  // namespace runtime
