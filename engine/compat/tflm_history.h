// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// When TFLM learned an operator or a type. TFLM has no releases; months stand for them, and the
// commits of the months in runtime_list are named there. Source: micro_mutable_op_resolver.h at
// those commits, and the history of micro/kernels.

#include "compat/question.h"

namespace compat {

/// A month as a number: 2024-09 is 202409.
using Month = int32_t;

/// The month whose refusals cost/tflm/tflm_refusal knows.
constexpr Month kTflmNow = 202608;

struct Learned {
    Month month = 0;          ///< 0: before the first that is judged
    const char* source = "";  ///< "tflite-micro PR #2682"
};

/// When TFLM learned an operator that it has.
Learned learnedOperator(types::OpKind kind);

/// True for operators that compute nothing and copy no value: no library has kernels for them, and
/// none would be faster.
bool isOfAnyType(types::OpKind kind);

/// When its kernel learned the type of the operator's data. int8 and float32 came with the
/// operator. Nothing where the history was not read.
std::optional<Learned> learnedType(const Question& question);

}  // namespace compat
