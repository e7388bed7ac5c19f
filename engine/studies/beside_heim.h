// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to run_study.h: the factors between kernels, precisions and compiler flags of one model,
// beside those that Heim et al. 2021 published (heim_records.h).

#include "studies/run_study.h"

namespace studies {

/// The measured records of the request, as of a matrix (matrix_records.h). An Error where no two of
/// them differ in one of these alone.
types::Result<types::Study> besideHeim(const StudyRequest& request, const types::Work& work);

}  // namespace studies
