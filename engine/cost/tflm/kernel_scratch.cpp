// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/tflm/kernel_scratch.h"

#include "cost/tflm/cmsis_scratch.h"
#include "cost/tflm/esp_scratch.h"

namespace cost {

KernelScratch kernelScratch(const types::Graph& graph, const types::Op& op,
                            std::vector<int64_t> reference, const KernelBuild& library) {
    if (op.kind == types::OpKind::ADD_N)  // pointers, half as long as on the host
        for (int64_t& bytes : reference)
            bytes /= 2;
    switch (library.family) {
        case KernelFamily::CmsisNn:
            return cmsisScratch(graph, op, std::move(reference), library);
        case KernelFamily::EspNn:
            return espScratch(graph, op, std::move(reference), library);
        case KernelFamily::Reference:
            break;
    }
    return {std::move(reference), {}};
}

}  // namespace cost
