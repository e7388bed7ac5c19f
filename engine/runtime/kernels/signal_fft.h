// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to the kernels of SignalRfft and SignalIrfft: their arithmetic for one type of numbers.

#include "runtime/kernels/kernel_list.h"
#include "runtime/kernels/signal_spectrum.h"

namespace runtime {

/// Fixed-point numbers with one integer bit. Sums wrap; products are rounded.
template <typename T, typename Twice>
struct FixedNumbers {
    using Value = T;
    static constexpr bool kDividesStages = true;
    static constexpr int kFraction = 8 * sizeof(T) - 1;
    static constexpr Twice kOne = (Twice{1} << kFraction) - 1;

    static T wrapped(uint32_t value) { return static_cast<T>(value); }
    static T add(T a, T b) { return wrapped(static_cast<uint32_t>(a) + static_cast<uint32_t>(b)); }
    static T sub(T a, T b) { return wrapped(static_cast<uint32_t>(a) - static_cast<uint32_t>(b)); }
    static T negated(T a) { return sub(0, a); }
    // Sums of 16-bit numbers do not wrap before they are halved.
    static T halfSum(T a, T b) {
        return static_cast<T>(
            static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b)) >> 1);
    }
    static T halfDifference(T a, T b) {
        return static_cast<T>(
            static_cast<int32_t>(static_cast<uint32_t>(a) - static_cast<uint32_t>(b)) >> 1);
    }
    static T half(T a) { return static_cast<T>(a >> 1); }
    static T rounded(Twice product) {
        return static_cast<T>((product + (Twice{1} << (kFraction - 1))) >> kFraction);
    }
    static T mul(T a, T b) { return rounded(Twice{a} * b); }
    static T mulSub(T a, T b, T c, T d) { return rounded(Twice{a} * b - Twice{c} * d); }
    static T mulAdd(T a, T b, T c, T d) { return rounded(Twice{a} * b + Twice{c} * d); }
    static T divided(T a, int32_t radix) { return rounded(Twice{a} * (kOne / radix)); }
};

struct FloatNumbers {
    using Value = float;
    static constexpr bool kDividesStages = false;
    static float add(float a, float b) { return a + b; }
    static float sub(float a, float b) { return a - b; }
    static float negated(float a) { return -a; }
    static float halfSum(float a, float b) { return (a + b) * 0.5f; }
    static float halfDifference(float a, float b) { return (a - b) * 0.5f; }
    static float half(float a) { return a * 0.5f; }
    static float mul(float a, float b) { return a * b; }
    static float mulSub(float a, float b, float c, float d) { return a * b - c * d; }
    static float mulAdd(float a, float b, float c, float d) { return a * b + c * d; }
    static float divided(float a, int32_t) { return a; }
};

template <typename N>
struct FftComplex {
    using Value = typename N::Value;
    Value re, im;

    friend FftComplex operator+(FftComplex a, FftComplex b) {
        return {N::add(a.re, b.re), N::add(a.im, b.im)};
    }
    friend FftComplex operator-(FftComplex a, FftComplex b) {
        return {N::sub(a.re, b.re), N::sub(a.im, b.im)};
    }
    friend FftComplex operator*(FftComplex a, FftComplex b) {
        return {N::mulSub(a.re, b.re, a.im, b.im), N::mulAdd(a.re, b.im, a.im, b.re)};
    }
    FftComplex conjugate() const { return {re, N::negated(im)}; }
    FftComplex over(int32_t radix) const { return {N::divided(re, radix), N::divided(im, radix)}; }
    /// Times -i, or i.
    FftComplex turned(bool back) const {
        return back ? FftComplex{N::negated(im), re} : FftComplex{im, N::negated(re)};
    }
};

/// A complex transform: twiddles and direction.
template <typename N>
class FftTransform {
public:
    using Z = FftComplex<N>;
    FftTransform(const Call& call, const SignalFftParams& p, bool isInverse)
        : m_twiddles(call.array<Z>(p.twiddles)),
          m_stages(call.array<int32_t>(p.stages)),
          m_isInverse(isInverse) {}

    void run(const Z* from, Z* to) const { stage(to, from, 1, m_stages); }

private:
    /// Transforms every `stride`-th number of `from`: `radix` transforms of `part` numbers each,
    /// then joined.
    void stage(Z* to, const Z* from, uint32_t stride, const int32_t* stages) const {
        const int32_t radix = stages[0];
        const auto part = static_cast<uint32_t>(stages[1]);
        for (int32_t i = 0; i < radix; ++i, from += stride) {
            Z* first = to + static_cast<uint32_t>(i) * part;
            if (part == 1)
                *first = *from;
            else
                stage(first, from, stride * static_cast<uint32_t>(radix), stages + 2);
        }
        for (uint32_t k = 0; k < part; ++k)
            join(to + k, part, radix, stride, k);
    }

    void join(Z* to, uint32_t part, int32_t radix, uint32_t stride, uint32_t k) const {
        switch (radix) {
            case 2:
                return join2(to, part, m_twiddles[stride * k]);
            case 3:
                return join3(to, part, stride, k);
            case 4:
                return join4(to, part, stride, k);
            default:
                return join5(to, part, stride, k);
        }
    }

    static void join2(Z* to, uint32_t part, Z twiddle) {
        const Z a = to[0].over(2), b = to[part].over(2) * twiddle;
        to[0] = a + b;
        to[part] = a - b;
    }

    void join3(Z* to, uint32_t part, uint32_t stride, uint32_t k) const {
        const Z a = to[0].over(3);
        const Z b = to[part].over(3) * m_twiddles[stride * k];
        const Z c = to[2 * part].over(3) * m_twiddles[2 * stride * k];
        const Z sum = b + c, difference = b - c;
        const auto sine = m_twiddles[stride * part].im;
        const Z middle{N::sub(a.re, N::half(sum.re)), N::sub(a.im, N::half(sum.im))};
        const Z side{N::mul(difference.re, sine), N::mul(difference.im, sine)};
        to[0] = a + sum;
        to[2 * part] = {N::add(middle.re, side.im), N::sub(middle.im, side.re)};
        to[part] = {N::sub(middle.re, side.im), N::add(middle.im, side.re)};
    }

    void join4(Z* to, uint32_t part, uint32_t stride, uint32_t k) const {
        const Z a = to[0].over(4);
        const Z b = to[part].over(4) * m_twiddles[stride * k];
        const Z c = to[2 * part].over(4) * m_twiddles[2 * stride * k];
        const Z d = to[3 * part].over(4) * m_twiddles[3 * stride * k];
        const Z even = a + c, odd = a - c, sum = b + d, turned = (b - d).turned(m_isInverse);
        to[0] = even + sum;
        to[part] = odd + turned;
        to[2 * part] = even - sum;
        to[3 * part] = odd - turned;
    }

    void join5(Z* to, uint32_t part, uint32_t stride, uint32_t k) const {
        const Z a = to[0].over(5);
        Z turned[5];
        for (uint32_t i = 1; i < 5; ++i)
            turned[i] = to[i * part].over(5) * m_twiddles[i * stride * k];
        const Z outer = turned[1] + turned[4], outerGap = turned[1] - turned[4];
        const Z inner = turned[2] + turned[3], innerGap = turned[2] - turned[3];
        const Z ya = m_twiddles[stride * part], yb = m_twiddles[2 * stride * part];
        to[0] = {N::add(a.re, N::add(outer.re, inner.re)),
                 N::add(a.im, N::add(outer.im, inner.im))};

        const Z near = weighed(a, outer, ya.re, inner, yb.re);
        const Z nearSide{
            N::add(N::mul(outerGap.im, ya.im), N::mul(innerGap.im, yb.im)),
            N::sub(N::negated(N::mul(outerGap.re, ya.im)), N::mul(innerGap.re, yb.im))};
        to[part] = near - nearSide;
        to[4 * part] = near + nearSide;

        const Z far = weighed(a, outer, yb.re, inner, ya.re);
        const Z farSide{N::add(N::negated(N::mul(outerGap.im, yb.im)), N::mul(innerGap.im, ya.im)),
                        N::sub(N::mul(outerGap.re, yb.im), N::mul(innerGap.re, ya.im))};
        to[2 * part] = far + farSide;
        to[3 * part] = far - farSide;
    }

    using Value = typename N::Value;
    static Z weighed(Z a, Z b, Value weightOfB, Z c, Value weightOfC) {
        return {N::add(N::add(a.re, N::mul(b.re, weightOfB)), N::mul(c.re, weightOfC)),
                N::add(N::add(a.im, N::mul(b.im, weightOfB)), N::mul(c.im, weightOfC))};
    }

    const Z* m_twiddles;
    const int32_t* m_stages;
    const bool m_isInverse;
};

/// The spectrum of real values, from the transform of pairs of them.
template <typename N>
void splitSpectrum(const FftComplex<N>* pairs, const FftComplex<N>* ends, uint32_t half,
                   FftComplex<N>* output) {
    using Z = FftComplex<N>;
    const Z first = pairs[0].over(2);
    output[0] = {N::add(first.re, first.im), 0};
    output[half] = {N::sub(first.re, first.im), 0};
    for (uint32_t k = 1; k <= half / 2; ++k) {
        const Z a = pairs[k].over(2), b = pairs[half - k].conjugate().over(2);
        const Z sum = a + b, turned = (a - b) * ends[k - 1];
        output[k] = {N::halfSum(sum.re, turned.re), N::halfSum(sum.im, turned.im)};
        output[half - k] = {N::halfDifference(sum.re, turned.re),
                            N::halfDifference(turned.im, sum.im)};
    }
}

template <typename N>
void joinSpectrum(const FftComplex<N>* input, const FftComplex<N>* ends, uint32_t half,
                  FftComplex<N>* pairs) {
    using Z = FftComplex<N>;
    const Z first{N::add(input[0].re, input[half].re), N::sub(input[0].re, input[half].re)};
    pairs[0] = first.over(2);
    for (uint32_t k = 1; k <= half / 2; ++k) {
        const Z a = input[k].over(2), b = input[half - k].conjugate().over(2);
        const Z even = a + b, odd = (a - b) * ends[k - 1];
        pairs[k] = even + odd;
        pairs[half - k] = (even - odd).conjugate();
    }
}

template <typename N>
Status rfft(const Call& call) {
    using Value = typename N::Value;
    using Z = FftComplex<N>;
    const auto& p = call.params<SignalFftParams>();
    const FftTransform<N> transform(call, p, false);
    const Value* input = call.input<Value>(0);
    auto *output = call.output<Value>(), *padded = call.scratch<Value>();
    for (uint32_t row = 0; row < p.rows; ++row, input += p.inputStep, output += p.outputStep) {
        __builtin_memcpy(padded, input, p.inputStep * sizeof(Value));
        __builtin_memset(padded + p.inputStep, 0, (p.length - p.inputStep) * sizeof(Value));
        transform.run(reinterpret_cast<const Z*>(padded), call.state<Z>(1));
        splitSpectrum<N>(call.state<Z>(1), call.array<Z>(p.ends), p.length / 2,
                         reinterpret_cast<Z*>(output));
    }
    return Status::Ok;
}

template <typename N>
Status irfft(const Call& call) {
    using Value = typename N::Value;
    using Z = FftComplex<N>;
    const auto& p = call.params<SignalFftParams>();
    const FftTransform<N> transform(call, p, true);
    const Value* input = call.input<Value>(0);
    Value* output = call.output<Value>();
    for (uint32_t row = 0; row < p.rows; ++row, input += p.inputStep, output += p.outputStep) {
        joinSpectrum<N>(reinterpret_cast<const Z*>(input), call.array<Z>(p.ends), p.length / 2,
                        call.state<Z>(1));
        transform.run(call.state<Z>(1), reinterpret_cast<Z*>(output));
        if constexpr (!N::kDividesStages)
            for (uint32_t i = 0; i < p.length; ++i)
                output[i] /= static_cast<Value>(p.length);
    }
    return Status::Ok;
}

}  // namespace runtime
