// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Fitting a device: the layers measured on it, sorted by code path, each path fitted by itself
// (path_fit.h). A profile of a similar board, or of an emulator, may stand behind: it fills what
// the layers leave open, and paths that no layer shows are taken over from it, times the factor
// that the shown ones have.

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
    std::shared_ptr<const types::DeviceProfile> prior;  ///< null: nothing is known beforehand
    std::string source;  ///< where the layers come from; stands in each row
};

struct DeviceFit {
    std::vector<PathFit> paths;
    double priorScale = 1;  ///< cycles here over cycles of the prior
    KernelLibrary kernels = KernelLibrary::CmsisDsp;

    /// Null: no path of this kind was fitted.
    const PathFit* pathOf(const KernelTerms& trips, const std::string& dtype) const;
};

/// Paths of fewer than two layers are left to the prior; without a prior they are left out.
DeviceFit fitDevice(const std::vector<const Observation*>& layers, const FitOptions& options);

/// All rows of a profile: the fitted ones; those of `base` for what was not measured now; and those
/// taken over from the prior for operators and types that neither has.
std::vector<types::KernelCost> rowsOf(const DeviceFit& fit, const FitOptions& options,
                                      const std::vector<types::KernelCost>& base);

}  // namespace cost
