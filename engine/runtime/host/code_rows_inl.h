// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of 8-bit codes with two operands, each a run of codes or one code that repeats. Every code
// is read before the output at its place is written, so the output may lie on a run.

#if defined(NETCALIPER_CODE_ROWS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef NETCALIPER_CODE_ROWS_INL_H
#undef NETCALIPER_CODE_ROWS_INL_H
#else
#define NETCALIPER_CODE_ROWS_INL_H
#endif

#include "runtime/host/dot_inl.h"

HWY_BEFORE_NAMESPACE();
namespace runtime {
namespace HWY_NAMESPACE {

#if NETCALIPER_VECTORS

struct CodeOperand {
    const int8_t* codes;
    bool repeats;

    HWY_INLINE CodeOperand from(int32_t i) const { return {repeats ? codes : codes + i, repeats}; }
};

/// Calls compute(a, b, output) for all whole steps of kStep codes; returns how many codes that is.
template <int32_t kStep, typename Compute>
HWY_INLINE int32_t computeSteps(CodeOperand a, CodeOperand b, int32_t length, int8_t* output,
                                const Compute& compute) {
    int32_t i = 0;
    for (; i + kStep <= length; i += kStep)
        compute(a.from(i), b.from(i), output + i);
    return i;
}

/// The rest of a row, less than kStep codes, through copies as long as a step.
template <int32_t kStep, typename Compute>
HWY_INLINE void computeRest(CodeOperand a, CodeOperand b, int32_t length, int8_t* output,
                            const Compute& compute) {
    if (length == 0) return;
    const auto rest = static_cast<size_t>(length);
    int8_t copies[3][kStep] = {};
    __builtin_memcpy(copies[0], a.codes, a.repeats ? 1 : rest);
    __builtin_memcpy(copies[1], b.codes, b.repeats ? 1 : rest);
    compute(CodeOperand{copies[0], a.repeats}, CodeOperand{copies[1], b.repeats}, copies[2]);
    __builtin_memcpy(output, copies[2], rest);
}

#endif  // NETCALIPER_VECTORS

}  // namespace HWY_NAMESPACE
}  // namespace runtime
HWY_AFTER_NAMESPACE();

#endif  // per target
