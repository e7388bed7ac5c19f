// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schedules_on.h"

#include "cost/predict_bands.h"

namespace engine {

using namespace types;

Isa scheduleIsa(const DevicePtr& device) {
    return device ? isaOf(device->core) : Isa::Portable;
}

std::string whyNoScheduleTime(const Graph& graph, const DevicePtr& device) {
    if (runtimeOf(device) != Runtime::Netcaliper)
        return "the profile of " + device->name + " has figures of " + device->runtime +
               ", and schedules run under our own runtime";
    return cost::Predictor(device).predict(graph).latencyGap;
}

Result<scheduling::ScheduleFront> schedulesOn(const Graph& graph, const DevicePtr& device,
                                              scheduling::Feeding feeding, const Work& work) {
    scheduling::FrontOptions options{feeding, scheduleIsa(device), {}};
    if (device && whyNoScheduleTime(graph, device).empty())
        options.timeOf = [&graph, predictor = cost::Predictor(device)](const BandPlan& plan) {
            return cost::predictBands(predictor, graph, plan).latencyUs->value;
        };
    return scheduling::findFront(graph, options, work);
}

}  // namespace engine
