// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scratch of ESP-NN's kernels by release and chip. Source: the get_..._scratch_size functions of
// the releases in kernel_library.cpp and the Prepare functions of esp-tflite-micro 1.4.0,
// micro/kernels/esp_nn: convolutions, depthwise convolutions and SOFTMAX of int8 request it.

#include "cost/tflm/kernel_scratch.h"

namespace cost {

KernelScratch espScratch(const types::Graph& graph, const types::Op& op,
                         std::vector<int64_t> reference, const KernelBuild& library);

/// Where SOFTMAX requests less than its kernel writes: the request counts dimension 1, the kernel
/// the last one. Returns the missing bytes; 0: none.
int64_t espSoftmaxShortfall(const types::Graph& graph, const types::Op& op);

}  // namespace cost
