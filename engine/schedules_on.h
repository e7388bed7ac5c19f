// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The schedules of a model on a board (scheduling/schedule_front.h): planned for our own runtime's
// kernels for its core (plain ones without a board), and timed where the profile is of that
// runtime.
//
// Thread rules: pure functions.

#include "scheduling/schedule_front.h"
#include "types/device_profile.h"
#include "types/evaluation.h"
#include "types/target.h"

namespace engine {

/// The kernels for which schedules on a board are planned. `device` may be null.
types::Isa scheduleIsa(const types::DevicePtr& device);

/// Why a board gives schedules no time; empty: it does. `device` is not null.
std::string whyNoScheduleTime(const types::Graph& graph, const types::DevicePtr& device);

types::Result<scheduling::ScheduleFront> schedulesOn(const types::Graph& graph,
                                                     const types::DevicePtr& device,
                                                     scheduling::Feeding feeding,
                                                     const types::Work& work = {});

}  // namespace engine
