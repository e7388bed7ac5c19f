// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CONCATENATION and PACK interleave blocks of several inputs; SPLIT, SPLIT_V and UNPACK separate
// them again. Both copy bytes and serve any element type. Operands: parts;
// whole, or the reverse.

#include "runtime/program.h"

namespace runtime {

struct ConcatSplitParams {
    int32_t repeats = 0;  ///< number of times that the sequence of blocks repeats
    Part bytes;           ///< int32 per input (or output): bytes of one block
};

}  // namespace runtime
