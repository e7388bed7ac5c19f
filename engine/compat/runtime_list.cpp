// SPDX-License-Identifier: GPL-3.0-or-later
#include "compat/runtime_list.h"

#include <array>

#include "compat/tflm_history.h"
#include "cost/tflm/kernel_library.h"

namespace compat {
namespace {

using cost::kernelVersion;

constexpr const char* kEspNote =
    "with esp-tflite-micro before 1.3.7, its plain C runs every CONV_2D (esp-nn issue #26)";
constexpr const char* kPteNote = "reads .pte files: the model has to be exported from PyTorch";

// clang-format off
constexpr auto kRows = std::to_array<RuntimeRow>({
    {"tflm@2022-06", "TFLM of June 2022 (c2d5c254)", judgeTflm, 202206, "", true},
    {"tflm@2023-06", "TFLM of June 2023 (7a3ef35d)", judgeTflm, 202306, "", true},
    {"tflm@2024-06", "TFLM of June 2024 (dc4dcb74)", judgeTflm, 202406, "", true},
    {"tflm@2025-06", "TFLM of June 2025 (3200ccd1)", judgeTflm, 202506, "", true},
    {"tflm@2026-08", "TFLM of August 2026 (90b983c2)", judgeTflm, kTflmNow, "", true},
    {"tflm+cmsis-nn@4.0", "TFLM with CMSIS-NN 4.0", judgeCmsisNn, kernelVersion(4, 0), "", true},
    {"tflm+cmsis-nn@4.1", "TFLM with CMSIS-NN 4.1", judgeCmsisNn, kernelVersion(4, 1), "", true},
    {"tflm+cmsis-nn@5.0", "TFLM with CMSIS-NN 5.0", judgeCmsisNn, kernelVersion(5, 0), "", true},
    {"tflm+cmsis-nn@6.0", "TFLM with CMSIS-NN 6.0", judgeCmsisNn, kernelVersion(6, 0), "", true},
    {"tflm+cmsis-nn@7.0", "TFLM with CMSIS-NN 7.0", judgeCmsisNn, kernelVersion(7, 0), "", true},
    {"tflm+cmsis-nn@26.6", "TFLM with CMSIS-NN of June 2026", judgeCmsisNn, kernelVersion(26, 6), "", true},
    {"tflm+esp-nn@1.0.0", "TFLM with ESP-NN 1.0.0", judgeEspNn, kernelVersion(1, 0, 0), "", true},
    {"tflm+esp-nn@1.0.2", "TFLM with ESP-NN 1.0.2", judgeEspNn, kernelVersion(1, 0, 2), "", true},
    {"tflm+esp-nn@1.1.0", "TFLM with ESP-NN 1.1.0", judgeEspNn, kernelVersion(1, 1, 0), "", true},
    {"tflm+esp-nn@1.1.1", "TFLM with ESP-NN 1.1.1", judgeEspNn, kernelVersion(1, 1, 1), "", true},
    {"tflm+esp-nn@1.1.2", "TFLM with ESP-NN 1.1.2", judgeEspNn, kernelVersion(1, 1, 2), "", true},
    {"tflm+esp-nn@1.2.0", "TFLM with ESP-NN 1.2.0", judgeEspNn, kernelVersion(1, 2, 0), "", true},
    {"tflm+esp-nn@1.2.1", "TFLM with ESP-NN 1.2.1", judgeEspNn, kernelVersion(1, 2, 1), "", true},
    {"tflm+esp-nn@1.2.2", "TFLM with ESP-NN 1.2.2", judgeEspNn, kernelVersion(1, 2, 2), "", true},
    {"tflm+esp-nn@1.2.3", "TFLM with ESP-NN 1.2.3", judgeEspNn, kernelVersion(1, 2, 3), kEspNote, true},
    {"st-edge-ai@1.0", "ST Edge AI Core 1.0 (X-CUBE-AI 9.0)", judgeStEdgeAi, 10'000, "", false},
    {"st-edge-ai@2.0", "ST Edge AI Core 2.0 (X-CUBE-AI 10.0)", judgeStEdgeAi, 20'000, "", false},
    {"st-edge-ai@3.0", "ST Edge AI Core 3.0", judgeStEdgeAi, 30'000, "", false},
    {"executorch-cortex-m@1.6", "ExecuTorch 1.6, Cortex-M backend", judgeExecuTorch, 10'600, kPteNote, false},
    {"axon@1.4", "Nordic Axon compiler 1.4", judgeAxon, 10'400, "takes fully quantized int8 .tflite files", false},
    {"netcaliper", "Our own runtime", judgeOwn, 0, "", false},
});
// clang-format on

}  // namespace

std::span<const RuntimeRow> runtimeRows() {
    return kRows;
}

const RuntimeRow* findRuntime(std::string_view id) {
    for (const RuntimeRow& row : kRows)
        if (row.id == id) return &row;
    return nullptr;
}

}  // namespace compat
