// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tables of what a kernel library has a kernel for; TFLM runs the rest on its reference kernels.

#include <initializer_list>
#include <span>

#include "compat/question.h"

namespace compat {

/// A kernel of a library for an operator and the type of its data.
struct KernelRow {
    types::OpKind kind;
    types::DataType type;
    int32_t since = 0;  ///< first release with it; 0: all that are judged
};

enum class HasKernel : int8_t { No, Later, Yes };
HasKernel findKernel(std::span<const KernelRow> rows, const Question& question);

/// "TFLM's reference kernel runs it: REASON".
types::LayerSupport fallsBack(const std::string& reason, const std::string& source);

/// Both inputs of an element-wise operator have the shape of the output.
bool isElementwiseAlike(const Question& question);

}  // namespace compat
