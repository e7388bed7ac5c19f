// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// EMBEDDING_LOOKUP with a table of int8 and an output of float32: rows selected by run-time ids,
// times the table's scale. An id out of range stops the run with BadData. Operands: ids (int32),
// table; output. Tables that are copied unchanged are read by GATHER's kernel.

#include "runtime/program.h"

namespace runtime {

struct EmbeddingParams {
    int32_t ids = 0, rows = 0, columns = 0;
    float scale = 1.0f;
};

}  // namespace runtime
