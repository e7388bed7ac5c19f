// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sizes of TFLM's own structures in bytes: the bookkeeping of the interpreter and, per operator,
// the parsed options and the data of its kernel. Sizes depend on the build: pointers have 8 bytes
// on the host and 4 on a microcontroller, and the Arm ABI stores small enumerations in one byte.
// CMSIS-NN kernels store more than the reference kernels.
//
// Source: the structures declared by tflite-micro (revision 90b983c2: micro/micro_allocator.h,
// micro/memory_planner/greedy_memory_planner.h, micro/kernels/*.h, micro/kernels/cmsis_nn/*.cc),
// confirmed by the arenas that TFLM reports: 32 models and 644 one-operator models on the host, 16
// models and 60 random networks on Cortex-M4 and M7 (tests/cost).

#include <cstdint>
#include <optional>

#include "types/op.h"

namespace cost {

enum class TflmBuild {
    Host64,            ///< reference kernels, 64-bit pointers
    CortexM,           ///< CMSIS-NN
    CortexMReference,  ///< reference kernels on a Cortex-M
    Esp,               ///< ESP-NN on Xtensa or RISC-V: 32-bit pointers, enumerations of four bytes
};

/// A block of memory and the alignment of its type.
struct OptionsBlock {
    int64_t bytes = 0, alignment = 1;
};

struct TflmSizes {
    int64_t pointer;            ///< also the alignment of every structure below
    int64_t arenaAllocator;     ///< SingleArenaBufferAllocator
    int64_t planner;            ///< GreedyMemoryPlanner
    int64_t microAllocator;     ///< MicroAllocator
    int64_t optionsAllocator;   ///< MicroBuiltinDataAllocator
    int64_t subgraph;           ///< SubgraphAllocations, one per subgraph
    int64_t evalTensor;         ///< TfLiteEvalTensor, one per tensor
    int64_t node;               ///< NodeAndRegistration, one per operator
    int64_t tensor;             ///< TfLiteTensor, one per model input or output
    int64_t quantization;       ///< TfLiteAffineQuantization, one per quantized input or output
    int64_t scratchHandle;      ///< ScratchBufferHandle, one per scratch buffer
    int64_t resourceVariables;  ///< MicroResourceVariables
    int64_t resourceVariable;   ///< MicroResourceVariable, one per variable
};

const TflmSizes& tflmSizes(TflmBuild build);

struct OpSizes {
    OptionsBlock options;  ///< TfLite...Params; 0 bytes: the operator has none
    int64_t data = 0;      ///< data allocated by the kernel's Init; 0: none
};

/// Returns nothing for an operator whose kernel sizes are unknown.
std::optional<OpSizes> opSizes(types::OpKind kind, TflmBuild build);

/// True for operators whose kernels request scratch.
bool requestsScratch(const types::Op& op);

}  // namespace cost
