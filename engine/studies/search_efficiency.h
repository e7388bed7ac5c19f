// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to run_study.h: how near a search comes to the truth, and after how many evaluations. It
// searches the models of the request on its boards, and evaluates every network beside.

#include "studies/run_study.h"

namespace studies {

types::Result<types::Study> searchEfficiency(const StudyRequest& request, const types::Work& work);

}  // namespace studies
