// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fits a device: groups the layers measured on it by code path and fits each path separately
// (path_fit.h). A profile of a similar board, or of an emulator, may serve as a prior: it
// determines what the layers leave open, and supplies paths that no layer runs, scaled by the
// factor that the measured paths show.

#include <memory>
#include <vector>

#include "cost/fit/error_summary.h"
#include "cost/fit/observation.h"
#include "cost/fit/path_fit.h"
#include "types/device_profile.h"
#include "types/result.h"

namespace cost {

struct FitOptions {
    KernelLibrary kernels = KernelLibrary::CmsisDsp;
    std::shared_ptr<const types::DeviceProfile> prior;  ///< null: no prior
    std::string source;  ///< origin of the layers, recorded in each row
    /// Layers of whole networks; not fitted, they calibrate the bands (band_fit.h). May be empty.
    std::vector<Observation> heldOut;
};

struct DeviceFit {
    std::vector<PathFit> paths;
    double priorScale = 1;  ///< cycles here / cycles of the prior
    KernelLibrary kernels = KernelLibrary::CmsisDsp;

    /// Returns null where no path of this kind was fitted.
    const PathFit* pathOf(const KernelTerms& trips, const std::string& dtype) const;
};

/// Paths of fewer than two layers come from the prior; without one they are left out.
DeviceFit fitDevice(const std::vector<const Observation*>& layers, const FitOptions& options);

/// Returns all rows of a profile: the fitted ones; those of `base` for paths not measured now; and
/// rows of the prior for operators and types that neither has.
std::vector<types::KernelCost> rowsOf(const DeviceFit& fit, const FitOptions& options,
                                      const std::vector<types::KernelCost>& base);

}  // namespace cost
