// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The 90 % band of a fitted path: how wrong its predictions are of layers that it did not see.
//
// Two kinds of layers tell. Each fitted layer, as a fit without it predicts it: this fit need not
// be computed, because with residual r and leverage h in the full fit, the prediction without the
// layer errs by r / (1 - h) and has leverage h / (1 - h) (Sherman and Morrison; where the fit holds
// coefficients at 0, this requires that the same ones stay at 0). And layers of whole networks,
// which are not fitted: models are made of such layers, while fitted ones are often drawn from all
// shapes.
//
// Some loops are described better than others, so the expected error is a sum over the terms: share
// of the predicted cycles x error of the term. These errors minimise the squared distance from the
// observed ones, are not negative, and are drawn towards their mean. They are then scaled, so that
// nine in ten layers lie within their band, and nearly as many of the fitted ones alone.

#include <vector>

#include "cost/fit/path_fit.h"

namespace cost {

/// What a layer tells about the band.
struct BandScore {
    Eigen::VectorXd shares;  ///< of the predicted cycles, by term
    double error = 0;        ///< relative, without what distance explains (band.h)
    double weight = 1;
};

/// The fitted layers first. Held-out layers together weigh no more than they.
std::vector<BandScore> scoresOf(const PathFit& fit, const LeastSquares& solved,
                                const PathLayers& layers, KernelLibrary kernels);

/// Sets band and termErrors.
void fitBand(PathFit& fit, const std::vector<BandScore>& scores);

}  // namespace cost
