// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PathFit: the coefficients of one code path and type on one device, with their uncertainty, fitted
// to layers measured there and to a prior; and the band of their predictions (band_fit.h).
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
    double band = 0;             ///< half width of the 90 % band near the layers
    Eigen::VectorXd termErrors;  ///< the same for each term's share; empty: `band` for all
    int32_t layers = 0;
    double largest = 0;  ///< cycles of the largest layer

    double cycles(const KernelTerms& trips) const;
    double leverage(const KernelTerms& trips) const;
    /// Half width of the 90 % band as a share of the prediction.
    double relativeBand(const KernelTerms& trips) const;
};

/// Layers of one path and type.
struct PathLayers {
    KernelTerms layout = KernelTerms("");
    std::string dtype;
    std::vector<const Observation*> fitted;
    std::vector<const Observation*> heldOut;  ///< they calibrate the band (band_fit.h)
};

/// Trip counts of a path as a vector.
Eigen::VectorXd vectorOf(const KernelTerms& trips);

/// `known`: a row of the prior or null; it may not be null where no layer is fitted. `scale`:
/// factor from the prior's cycles to cycles here.
PathFit fitPath(const PathLayers& layers, KernelLibrary kernels, const types::KernelCost* known,
                double scale);

/// Returns the fit as a row of a device profile.
types::KernelCost rowOf(const PathFit& fit, KernelLibrary kernels, const std::string& source);

}  // namespace cost
