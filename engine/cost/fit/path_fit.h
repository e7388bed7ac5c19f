// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PathFit: the coefficients of one code path and type on one device, with their uncertainty, fitted
// to layers measured there and to a prior.
//
// The band covers nine in ten of the measured layers when each is predicted by a fit without it
// (cost/band.h widens it with distance from them). These leave-one-out fits need not be computed:
// with residual r and leverage h in the full fit, the prediction without the layer errs by r / (1 -
// h) and has leverage h / (1 - h).
//
// Priors (path_prior.h): none, or a row of another profile: a similar board's, or the instruction
// counts of an emulator.

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
    std::vector<uint32_t> fittedTo;  ///< fingerprints of the layers, ascending

    double cycles(const KernelTerms& trips) const;
    double leverage(const KernelTerms& trips) const;
    /// Half width of the 90 % band as a share of the prediction.
    double relativeBand(const KernelTerms& trips) const;
};

/// Trip counts of a path as a vector.
Eigen::VectorXd vectorOf(const KernelTerms& trips);

/// `layers`: all of one path and type, with their trip counts; may be empty if `known` is not null.
/// `known`: a row of the prior or null. `scale`: factor from the prior's cycles to cycles here.
PathFit fitPath(const std::vector<const Observation*>& layers, const KernelTerms& layout,
                const std::string& dtype, KernelLibrary kernels, const types::KernelCost* known,
                double scale);

/// Returns the fit as a row of a device profile.
types::KernelCost rowOf(const PathFit& fit, const std::string& source);

}  // namespace cost
