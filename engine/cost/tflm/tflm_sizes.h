// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What TFLM's own structures weigh, in bytes: the bookkeeping of the interpreter and, for each
// operator, the parsed options and the data its kernel keeps. A size depends on the build: pointers
// have 8 bytes on the host and 4 on a Cortex-M, and the Arm ABI stores small enumerations in one
// byte. CMSIS-NN kernels keep more than the reference kernels.
//
// Source: the structures as tflite-micro declares them (revision 90b983c2: micro/micro_allocator.h,
// micro/memory_planner/greedy_memory_planner.h, micro/kernels/*.h, micro/kernels/cmsis_nn/*.cc),
// confirmed by the arenas TFLM reports: 32 models and 644 one-operator models on the host, 16
// models and 60 random networks on Cortex-M4 and M7 (tests/cost).

#include <cstdint>
#include <optional>

#include "types/op_kind.h"

namespace cost {

enum class TflmBuild { Host64, CortexM };

/// A block of memory with the alignment its type asks for.
struct Block {
    int64_t bytes = 0, alignment = 1;
};

struct TflmSizes {
    int64_t pointer;           ///< also the alignment of every structure below
    int64_t arenaAllocator;    ///< SingleArenaBufferAllocator
    int64_t planner;           ///< GreedyMemoryPlanner
    int64_t microAllocator;    ///< MicroAllocator
    int64_t optionsAllocator;  ///< MicroBuiltinDataAllocator
    int64_t subgraph;          ///< SubgraphAllocations, one a subgraph
    int64_t evalTensor;        ///< TfLiteEvalTensor, one a tensor
    int64_t node;              ///< NodeAndRegistration, one an operator
    int64_t tensor;            ///< TfLiteTensor, one a model input or output
    int64_t quantization;      ///< TfLiteAffineQuantization, one a quantized input or output
    int64_t scratchHandle;     ///< ScratchBufferHandle, one a scratch buffer
};

const TflmSizes& tflmSizes(TflmBuild build);

struct OpSizes {
    Block options;     ///< TfLite...Params; 0 bytes: the operator has none
    int64_t data = 0;  ///< what the kernel's Init keeps; 0: nothing
};

/// Nothing for an operator whose kernel we have no figures for.
std::optional<OpSizes> opSizes(types::OpKind kind, TflmBuild build);

}  // namespace cost
