// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records that device profiles predict, for the models of a request or for networks drawn at
// random.

#include "studies/run_study.h"

namespace studies {

/// Each model, and each kind of operator in it, on each device.
types::Result<Records> predictModels(const StudyRequest& request, const types::Work& work);
/// Members of each space on each device, as whole models.
types::Result<Records> predictMembers(const StudyRequest& request, const types::Work& work);
/// The same on devices whose power is known by operator; the others have no spread to show.
types::Result<Records> predictPower(const StudyRequest& request, const types::Work& work);

/// "NUCLEO-L496ZG" of "NUCLEO-L496ZG (reference kernels)": the runtime is told apart elsewhere.
std::string boardName(const types::DeviceProfile& device);

}  // namespace studies
