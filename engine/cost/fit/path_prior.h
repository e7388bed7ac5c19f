// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is known of a code path's coefficients before its layers are measured, in the form that
// least_squares.h takes.

#include "cost/fit/least_squares.h"
#include "cost/terms/kernel_terms.h"
#include "types/device_profile.h"

namespace cost {

/// Scatter of one measured layer around a good fit, as a share; priors are weighed against it.
inline constexpr double kTypicalResidual = 0.01;

/// The row of exactly this path and type that has terms of the path, not the plain ones. Null:
/// none, or no profile.
const types::KernelCost* knownRow(const types::DeviceProfile* profile, const std::string& path,
                                  const std::string& dtype);

/// Nothing: a weak pull to zero, and variants of one loop drawn to their neighbours. `relative`:
/// trips over cycles, one row a measured layer; tells the size of things.
Prior priorOfNothing(const KernelTerms& layout, const Eigen::MatrixXd& relative);

/// A row of another profile, times `scale`: right up to one factor for all terms, which is free,
/// up to a share of each term by itself, and by as much
/// as that row was itself in doubt.
Prior priorOfRow(const KernelTerms& layout, const types::KernelCost& known, double scale);

}  // namespace cost
