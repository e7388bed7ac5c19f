// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Scratch of CMSIS-NN's kernels by release and core, built with GCC (Arm Compiler asks for more for
// convolutions of 1x1). Source: the get_buffer_size functions of the releases in kernel_library.cpp
// and the Prepare functions of tflite-micro/micro/kernels/cmsis_nn (revision in tflm_sizes.h).

#include "cost/tflm/kernel_scratch.h"

namespace cost {

KernelScratch cmsisScratch(const types::Graph& graph, const types::Op& op,
                           std::vector<int64_t> reference, const KernelBuild& library);

/// Sums of weights that kernels for Helium keep in the persistent part of the arena, as in a build
/// for speed, the default of TFLM's makefile. 0: none.
int64_t cmsisKernelSums(const types::Graph& graph, const types::Op& op,
                        const KernelBuild& library);

}  // namespace cost
