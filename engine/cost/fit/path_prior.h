// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Prior knowledge of a code path's coefficients, in the form that least_squares.h takes.

#include "cost/fit/least_squares.h"
#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"

namespace cost {

/// Scatter of one measured layer around a good fit, as a share; weights of priors are relative to
/// it.
inline constexpr double kTypicalResidual = 0.01;

/// Returns the row of exactly this path and type that has terms of the path, not plain ones; null
/// where there is none, or no profile.
const types::KernelCost* knownRow(const types::DeviceProfile* profile, const std::string& path,
                                  const std::string& dtype);

/// Prior without a known row: a weak pull to zero; variants of one loop are pulled towards their
/// neighbours. `relative`: trip counts over cycles, one row per measured layer; supplies the scale.
Prior priorOfNothing(const KernelTerms& layout, const Eigen::MatrixXd& relative);

/// Prior from a row of another profile, times `scale`. Leaves free: a common factor of all terms, a
/// share of each term, and the uncertainty of the row itself.
Prior priorOfRow(const KernelTerms& layout, const types::KernelCost& known, double scale);

}  // namespace cost
