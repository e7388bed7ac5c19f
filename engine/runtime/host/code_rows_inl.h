// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of 8- or 16-bit codes with two operands, each a run of codes or one repeated code. Every
// code is read before the output at its index is written, so the output may overwrite a run.

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

/// Calls compute(a, b, output) for every whole step of kStep codes; returns the number of codes
/// done.
template <int32_t kStep, typename T, typename Compute>
HWY_INLINE int32_t computeSteps(CodeOperand<T> a, CodeOperand<T> b, int32_t length, T* output,
                                const Compute& compute) {
    int32_t i = 0;
    for (; i + kStep <= length; i += kStep)
        compute(a.from(i), b.from(i), output + i);
    return i;
}

/// `count` codes at the start of an aligned line; the rest of the line is unspecified.
template <typename T, size_t kLine>
HWY_INLINE void loadSome(const T* from, size_t count, T (&line)[kLine]) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    const __mmask64 some = ~uint64_t{0} >> (64 - count * sizeof(T));
    _mm512_store_si512(line, _mm512_maskz_loadu_epi8(some, from));
#else
    __builtin_memcpy(line, from, count * sizeof(T));
#endif
}
template <typename T, size_t kLine>
HWY_INLINE void storeSome(const T (&line)[kLine], size_t count, T* to) {
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
    const __mmask64 some = ~uint64_t{0} >> (64 - count * sizeof(T));
    _mm512_mask_storeu_epi8(to, some, _mm512_load_si512(line));
#else
    __builtin_memcpy(to, line, count * sizeof(T));
#endif
}

/// Computes the rest of a row, less than kStep codes, through copies of step length.
template <int32_t kStep, typename T, typename Compute>
HWY_INLINE void computeRest(CodeOperand<T> a, CodeOperand<T> b, int32_t length, T* output,
                            const Compute& compute) {
    if (length == 0) return;
    const auto rest = static_cast<size_t>(length);
    constexpr size_t kLine = 64 / sizeof(T);
    static_assert(kStep <= kLine);
    alignas(64) T lines[3][kLine] = {};
    loadSome(a.codes, a.repeats ? 1 : rest, lines[0]);
    loadSome(b.codes, b.repeats ? 1 : rest, lines[1]);
    compute(CodeOperand<T>{lines[0], a.repeats}, CodeOperand<T>{lines[1], b.repeats}, lines[2]);
    storeSome(lines[2], rest, output);
}

/// Loads kLanes codes of an operand from index `i` on, widened.
template <typename T>
HWY_INLINE V32 loadOperand(CodeOperand<T> operand, int32_t i) {
    return operand.repeats ? hn::Set(D32(), *operand.codes) : loadWidened(operand.codes + i);
}

/// Calls row(left, right, length, output) for every row of the iterator.
template <typename T, typename Row>
void forEachCodeRow(const FastCall& fast, const StridedIterator<2>& iterator, const Row& row) {
    const T* left = fast.input<T>(0);
    const T* right = fast.input<T>(1);
    T* output = fast.output<T>();
    const int32_t length = iterator.rowLength();
    const bool repeats[2] = {iterator.rowStride(0) == 0, iterator.rowStride(1) == 0};
    forEachRow(iterator, [&](const ptrdiff_t(&offsets)[2]) {
        row(CodeOperand<T>{left + offsets[0], repeats[0]},
            CodeOperand<T>{right + offsets[1], repeats[1]}, length, output);
        output += length;
    });
}

#endif  // NETCALIPER_VECTORS

}  // namespace runtime::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
