// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Spread: what values a tensor of an untrained network takes, followed from layer to layer by
// arithmetic alone, so that int8 codes can be laid over them without running anything.
//
// Weights are independent, normal and have mean 0; a bias takes back what the mean of the inputs
// adds to a sum, and the variance of the weights makes the variance of the sums 1, as a trained
// normalization would. A range covers four standard deviations to either side. A rectifier is taken
// of a normal value, with the distribution function approximated by (1 + t / sqrt(t^2 + pi/2)) / 2,
// exact at 0 and far out. Only IEEE operations are used: the same scales come out on every machine.
// Source of the idea: He et al. 2015, section 2.2, there for inputs whose mean stays in the sums.

#include "types/op.h"
#include "types/tensor.h"

namespace zoo {

struct Spread {
    double mean = 0;
    double square = 1;          ///< E[x^2]
    double low = -1, high = 1;  ///< range that the codes cover

    double variance() const { return square - mean * mean; }
};

/// Every value of [low, high] equally likely.
Spread uniformSpread(double low, double high);
/// Mean and variance given, range at four standard deviations.
Spread normalSpread(double mean, double variance);
Spread sumOf(const Spread& a, const Spread& b);
Spread productOf(const Spread& a, const Spread& b);
Spread activated(const Spread& before, types::Activation activation);
/// The average of `count` neighbours. They are alike, so they count as sqrt(count) independent
/// ones.
Spread averaged(Spread spread, double count);
/// What holds the values of both.
Spread joined(const Spread& a, const Spread& b);

/// Per-tensor int8 quantization of a range (0 is always inside and has a code of its own).
types::Quantization int8Quantization(double low, double high);
/// What the specification prescribes for softmax and logistic: 1/256 and -128.
types::Quantization probabilityQuantization();
/// Likewise for tanh: 1/128 and 0.
types::Quantization tanhQuantization();

}  // namespace zoo
