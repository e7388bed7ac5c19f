// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CONCATENATION and PACK interleave blocks of several inputs, SPLIT, SPLIT_V and UNPACK distribute
// them to several outputs. Bytes are moved, whatever they mean. Operands: parts; whole, or the
// other way round.

#include "runtime/program.h"

namespace runtime {

struct ConcatSplitParams {
    int32_t repeats = 0;  ///< how often the sequence of blocks comes
    Part bytes;           ///< int32 per input (or output): bytes of its block
};

}  // namespace runtime
