// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of codes of 8 or 16 bits with two operands, each a run of codes or one code that repeats.
// Every code is read before the output at its place is written, so the output may lie on a run.

#if defined(NETCALIPER_CODE_ROWS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_CODE_ROWS_INL_H
#undef NETCALIPER_CODE_ROWS_INL_H
#else
#define NETCALIPER_CODE_ROWS_INL_H
#endif

#include "runtime/host/dot_inl.h"
#include "runtime/host/fast_kernels.h"
#include "runtime/host/operand_rows.h"

HWY_BEFORE_NAMESPACE();
namespace runtime::HWY_NAMESPACE {

#if NETCALIPER_VECTORS

template <typename T>
struct CodeOperand {
    const T* codes;
    bool repeats;

    HWY_INLINE CodeOperand from(int32_t i) const { return {repeats ? codes : codes + i, repeats}; }
};

/// Calls compute(a, b, output) for all whole steps of kStep codes; returns how many codes that is.
template <int32_t kStep, typename T, typename Compute>
HWY_INLINE int32_t computeSteps(CodeOperand<T> a, CodeOperand<T> b, int32_t length, T* output,
                                const Compute& compute) {
    int32_t i = 0;
    for (; i + kStep <= length; i += kStep)
        compute(a.from(i), b.from(i), output + i);
    return i;
}

/// The rest of a row, less than kStep codes, through copies as long as a step.
template <int32_t kStep, typename T, typename Compute>
HWY_INLINE void computeRest(CodeOperand<T> a, CodeOperand<T> b, int32_t length, T* output,
                            const Compute& compute) {
    if (length == 0) return;
    const auto rest = static_cast<size_t>(length);
    T copies[3][kStep] = {};
    __builtin_memcpy(copies[0], a.codes, (a.repeats ? 1 : rest) * sizeof(T));
    __builtin_memcpy(copies[1], b.codes, (b.repeats ? 1 : rest) * sizeof(T));
    compute(CodeOperand<T>{copies[0], a.repeats}, CodeOperand<T>{copies[1], b.repeats}, copies[2]);
    __builtin_memcpy(output, copies[2], rest * sizeof(T));
}

/// kLanes codes of an operand, widened, from code `i` on.
template <typename T>
HWY_INLINE V32 loadOperand(CodeOperand<T> operand, int32_t i) {
    return operand.repeats ? hn::Set(D32(), *operand.codes) : loadWidened(operand.codes + i);
}

/// Calls row(left, right, length, output) for every row of the walk.
template <typename T, typename Row>
void forEachCodeRow(const FastCall& fast, const Walk<2>& walk, const Row& row) {
    const T* left = fast.input<T>(0);
    const T* right = fast.input<T>(1);
    T* output = fast.output<T>();
    const int32_t length = walk.rowLength();
    const bool repeats[2] = {walk.rowStride(0) == 0, walk.rowStride(1) == 0};
    forEachRow(walk, [&](const ptrdiff_t(&offsets)[2]) {
        row(CodeOperand<T>{left + offsets[0], repeats[0]},
            CodeOperand<T>{right + offsets[1], repeats[1]}, length, output);
        output += length;
    });
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
