// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PathFit: the coefficients of one code path and type on one device, fitted to layers measured
// there and to what is known beforehand, with their uncertainty.
//
// The band: nine in ten of the measured layers lie within it when each is seen by a fit without it
// (cost/band.h says how it widens away from them). Such a fit need not be made: it would err by
// residual / (1 - h) where this one's leverage is h, and see the layer at h / (1 - h).
//
// What may be known beforehand (path_prior.h): nothing, or a row of another profile: a similar
// board's, or the instruction counts of an emulator.

#include <string>
#include <vector>

#include "cost/fit/least_squares.h"
#include "cost/fit/observation.h"
#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"

namespace cost {

struct PathFit {
    std::string path, dtype;
    std::vector<std::string> terms;
    Eigen::VectorXd coefficients;
    Eigen::MatrixXd inverse;
    double band = 0;
    int32_t layers = 0;

    double cycles(const KernelTerms& trips) const;
    double leverage(const KernelTerms& trips) const;
    /// Half width of the 90 % band as a share of the prediction.
    double relativeBand(const KernelTerms& trips) const;
};

/// Terms of a path as a vector.
Eigen::VectorXd vectorOf(const KernelTerms& trips);

/// `layers`: all of one path and type, with their trips; may be empty if `known` is there. `known`
/// may be null. `scale`: what the known row's cycles are worth here.
PathFit fitPath(const std::vector<const Observation*>& layers, const KernelTerms& layout,
                const std::string& dtype, KernelLibrary kernels, const types::KernelCost* known,
                double scale);

/// The row of a device profile that says the same.
types::KernelCost rowOf(const PathFit& fit, const std::string& source);

}  // namespace cost
