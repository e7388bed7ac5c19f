// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Converts the typed options of an operator from and to their table in the container.

#include "tflite/carried.h"
#include "types/op.h"

namespace tflite {

/// Returns typed options; std::monostate for kinds that we do not interpret and where the file has
/// none.
types::OpOptions readOptions(const schema::OperatorT& table);

/// Writes typed options into the operator's table; untyped options stay as carried.
void writeOptions(const types::Op& op, schema::OperatorT& table);

}  // namespace tflite
