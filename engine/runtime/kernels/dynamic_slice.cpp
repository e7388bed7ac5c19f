// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/dynamic_slice.h"

#include "runtime/kernels/kernel_list.h"

namespace runtime {
namespace {

class SliceWindow {
public:
    explicit SliceWindow(const Call& call)
        : m_params(call.params<DynamicSliceParams>()), m_call(call) {}

    /// False where the window reaches outside the input.
    bool read() {
        bool isInside = true;
        for (int32_t d = 0; d < m_params.rank; ++d) {
            const int64_t begin = entry(1, d), size = entry(2, d), dim = m_params.dims[d];
            m_begin[d] = begin;
            m_size[d] = size == -1 ? dim - begin : size;
            m_isEmpty = m_isEmpty || m_size[d] <= 0;
            isInside = isInside && begin >= 0 && begin <= dim && m_size[d] <= dim - begin;
        }
        return isInside || m_isEmpty;
    }

    size_t bytes() const {
        size_t total = m_isEmpty ? 0 : elementBytes();
        for (int32_t d = 0; total > 0 && d < m_params.rank; ++d)
            total *= static_cast<size_t>(m_size[d]);
        return total;
    }

    /// Copies what lies behind axis `d`; returns the end of what it wrote.
    uint8_t* copyAxis(int32_t d, const uint8_t* input, uint8_t* output) const {
        size_t slice = elementBytes();
        for (int32_t inner = d + 1; inner < m_params.rank; ++inner)
            slice *= static_cast<size_t>(m_params.dims[inner]);
        input += slice * static_cast<size_t>(m_begin[d]);
        if (d + 1 == m_params.rank) {
            const size_t run = slice * static_cast<size_t>(m_size[d]);
            __builtin_memcpy(output, input, run);
            return output + run;
        }
        for (int64_t i = 0; i < m_size[d]; ++i, input += slice)
            output = copyAxis(d + 1, input, output);
        return output;
    }

private:
    size_t elementBytes() const { return static_cast<size_t>(m_params.elementBytes); }
    int64_t entry(uint32_t operand, int32_t d) const {
        if (d >= m_params.entries) return 0;
        return m_params.wide != 0 ? m_call.input<int64_t>(operand)[d]
                                  : m_call.input<int32_t>(operand)[d];
    }

    const DynamicSliceParams& m_params;
    const Call& m_call;
    int64_t m_begin[kSliceRank] = {}, m_size[kSliceRank] = {};
    bool m_isEmpty = false;
};

}  // namespace

Status dynamicSlice(const Call& call) {
    SliceWindow window(call);
    if (!window.read()) return Status::BadData;
    const size_t bytes = window.bytes();
    if (bytes > call.outputBytes()) return Status::BadData;
    uint8_t* output = call.output<uint8_t>();
    uint8_t* end = output;
    if (bytes > 0) end = window.copyAxis(0, call.input<uint8_t>(0), output);
    __builtin_memset(end, 0, call.outputBytes() - bytes);
    return Status::Ok;
}

}  // namespace runtime
