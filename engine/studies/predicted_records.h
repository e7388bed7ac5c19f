// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records predicted by device profiles, for the models of a request or for random networks.

#include "studies/run_study.h"

namespace studies {

/// Predicts each model, and each operator kind in it, on each device.
types::Result<Records> predictModels(const StudyRequest& request, const types::Work& work);
/// Predicts members of each search space on each device, as whole models.
types::Result<Records> predictMembers(const StudyRequest& request, const types::Work& work);
/// Like predictModels(), on devices with a power per operator; other devices have no scatter.
types::Result<Records> predictPower(const StudyRequest& request, const types::Work& work);

/// "NUCLEO-L496ZG" of "NUCLEO-L496ZG (reference kernels)": the setup records the runtime.
std::string boardName(const types::DeviceProfile& device);

}  // namespace studies
