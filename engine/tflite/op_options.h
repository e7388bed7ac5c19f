// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The typed options of an operator and their table in the container.

#include "tflite/carried.h"
#include "types/op.h"

namespace tflite {

/// Options of a kind that we interpret; std::monostate for the others and where the file has none.
types::OpOptions readOptions(const schema::OperatorT& table);

/// Puts typed options back into the operator's table; untyped ones are left as they were carried.
void writeOptions(const types::Op& op, schema::OperatorT& table);

}  // namespace tflite
