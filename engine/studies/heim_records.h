// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Published latencies of one model under several kernels, compiler flags and precisions.
//
// Source: Heim, Biri, Qu, Thiele 2021, "Measuring what Really Matters" (arXiv 2104.10645): mean
// latency of an inference as measured on the boards, FPU on, TFLM of mid-2020 with GCC; from the
// raw data in the authors' repository lheim/TFLM-Evaluation (data/*benchmarking*results*.pkl).
// ResNet-20 in float32 did not fit the NUCLEO-L496ZG.

#include "studies/record.h"

namespace studies {

inline constexpr const char* kHeimSource =
    "Heim, Biri, Qu, Thiele 2021, arXiv 2104.10645; raw data: lheim/TFLM-Evaluation";

/// Setups have "kernels" ("reference", "CMSIS-NN"), "numbers" ("float32", "int8") and "compiler
/// flags" ("-Ofast", "-Os").
Records heimRecords();

}  // namespace studies
