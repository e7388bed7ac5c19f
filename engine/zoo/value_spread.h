// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Spread: the distribution of values in a tensor of an untrained network, propagated analytically
// from layer to layer, so that int8 ranges can be chosen without running the network.
//
// Weights are independent and normal with mean 0; a bias cancels what the mean of the inputs adds
// to a sum, and the variance of the weights makes the variance of the sums 1, like a trained
// normalization. A range covers four standard deviations to either side. A rectifier is applied to
// a normal value, whose distribution function is approximated by (1 + t / sqrt(t^2 + pi/2)) / 2,
// exact at 0 and at infinity. Only IEEE operations are used, so scales are equal on every machine.
// Source of the idea: He et al. 2015, section 2.2, where the mean of the inputs is not cancelled.

#include "types/op.h"
#include "types/tensor.h"

namespace zoo {

struct Spread {
    double mean = 0;
    double square = 1;          ///< E[x^2]
    double low = -1, high = 1;  ///< range that the codes cover

    double variance() const { return square - mean * mean; }
};

/// All values of [low, high] equally likely.
Spread uniformSpread(double low, double high);
/// Given mean and variance; the range is four standard deviations to either side.
Spread normalSpread(double mean, double variance);
Spread sumOf(const Spread& a, const Spread& b);
Spread productOf(const Spread& a, const Spread& b);
Spread activated(const Spread& before, types::Activation activation);
/// Average of `count` neighbours. Neighbours correlate, so they count as sqrt(count) independent
/// values.
Spread averaged(Spread spread, double count);
/// Spread that covers the values of both.
Spread joined(const Spread& a, const Spread& b);

/// Per-tensor int8 quantization of a range, widened to contain 0, which gets an exact code.
types::Quantization int8Quantization(double low, double high);
/// Fixed by the specification for softmax and logistic: 1/256 and -128.
types::Quantization probabilityQuantization();
/// Fixed by the specification for tanh: 1/128 and 0.
types::Quantization tanhQuantization();

}  // namespace zoo
