// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/gather_copy.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

class GatherCopier {
public:
    explicit GatherCopier(const Call& call)
        : m_call(call),
          m_params(call.params<GatherCopyParams>()),
          m_output(call.output<uint8_t>()) {}

    void copyAxis(int axis, const uint8_t* input) {
        const Part part = m_params.tables[axis];
        const int32_t* table = m_call.array<int32_t>(part);
        const size_t bytes = static_cast<size_t>(m_params.elementBytes);
        for (uint32_t i = 0; i < part.count; ++i) {
            const uint8_t* from = input + static_cast<size_t>(table[i]) * bytes;
            if (axis + 1 < kGatherCopyRank) {
                copyAxis(axis + 1, from);
            } else {
                __builtin_memcpy(m_output, from, bytes);
                m_output += bytes;
            }
        }
    }

private:
    const Call& m_call;
    const GatherCopyParams& m_params;
    uint8_t* m_output;
};

}  // namespace

Status gatherCopy(const Call& call) {
    GatherCopier(call).copyAxis(0, call.input<uint8_t>(0));
    return Status::Ok;
}

}  // namespace runtime
