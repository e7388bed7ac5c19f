// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/predicted_records.h"

#include "cost/predict.h"
#include "zoo/reference_models.h"

namespace studies {
namespace {

using types::DevicePtr;
using types::GraphPtr;

/// One device with its prediction, reused for many models.
struct Forecaster {
    explicit Forecaster(const DevicePtr& profile) : device(profile), predictor(profile) {}

    Record blank(const types::Graph& graph) const {
        Record record;
        record.board = boardName(*device);
        record.model = graph.name;
        record.setup["kernels"] = device->runtime;
        record.measured = false;
        record.source = "predicted by the profile " + device->id + " (" + device->runtime + ")";
        record.clockMhz = device->clockMhz;
        return record;
    }

    DevicePtr device;
    cost::Predictor predictor;
};

void add(Record& record, const cost::Workload& workload, const cost::OpPrediction& prediction) {
    record.macs += static_cast<double>(workload.macs);
    record.outputs += static_cast<double>(workload.outputs);
    if (prediction.latencyUs) record.latencyUs += prediction.latencyUs->value;
    if (prediction.energyUj) record.energyUj += prediction.energyUj->value;
}

Record wholeModel(const Forecaster& forecaster, const types::Graph& graph,
                  const std::vector<cost::Workload>& workloads,
                  const cost::Prediction& prediction) {
    Record record = forecaster.blank(graph);
    for (const cost::Workload& workload : workloads)
        record.macs += static_cast<double>(workload.macs);
    if (prediction.latencyUs) record.latencyUs = prediction.latencyUs->value;
    if (prediction.energyUj) record.energyUj = prediction.energyUj->value;
    record.latencyBand = prediction.latencyUs;
    complete(record);
    return record;
}

/// Leaves out operators without a figure in the profile.
void addOperators(const Forecaster& forecaster, const types::Graph& graph,
                  const std::vector<cost::Workload>& workloads, const cost::Prediction& prediction,
                  Records& records) {
    std::map<std::string, Record> byOp;
    for (size_t i = 0; i < workloads.size(); ++i) {
        if (!prediction.ops[i].latencyUs || prediction.ops[i].latencyUs->value <= 0) continue;
        const std::string op = kindOf(workloads[i]);
        const auto [at, isNew] = byOp.try_emplace(op, forecaster.blank(graph));
        at->second.op = op;
        add(at->second, workloads[i], prediction.ops[i]);
    }
    for (auto& [op, record] : byOp) {
        complete(record);
        records.push_back(std::move(record));
    }
}

types::Result<std::vector<GraphPtr>> modelsOf(const StudyRequest& request) {
    if (!request.models.empty()) return request.models;
    std::vector<GraphPtr> models;
    for (const auto build : {zoo::keywordDsCnn, zoo::wakeWordsMobileNetV1, zoo::imageResNet8,
                             zoo::anomalyAutoencoder}) {
        auto graph = build(zoo::Precision::Int8);
        if (!graph) return tl::unexpected(graph.error());
        models.push_back(std::move(*graph));
    }
    return models;
}

}  // namespace

std::string boardName(const types::DeviceProfile& device) {
    return device.name.substr(0, std::min(device.name.find(" ("), device.name.find(", ")));
}

types::Result<Records> predictModels(const StudyRequest& request, const types::Work& work) {
    const auto models = modelsOf(request);
    if (!models) return tl::unexpected(models.error());
    Records records;
    for (size_t i = 0; i < request.devices.size(); ++i) {
        if (work.isStopped()) return types::cancelled();
        work.report(double(i) / double(request.devices.size()), "predicting the models");
        const Forecaster forecaster(request.devices[i]);
        for (const GraphPtr& graph : *models) {
            const auto workloads = cost::workloadsOf(*graph);
            const auto prediction = forecaster.predictor.predict(workloads);
            const Record whole = wholeModel(forecaster, *graph, workloads, prediction);
            if (whole.latencyUs > 0) records.push_back(whole);
            addOperators(forecaster, *graph, workloads, prediction, records);
        }
    }
    return records;
}

types::Result<Records> predictMembers(const StudyRequest& request, const types::Work& work) {
    const auto& spaces = request.spaces.empty() ? zoo::searchSpaces() : request.spaces;
    std::vector<Forecaster> forecasters(request.devices.begin(), request.devices.end());
    Records records;
    for (size_t s = 0; s < spaces.size(); ++s)
        for (int i = 0; i < request.count; ++i) {
            if (work.isStopped()) return types::cancelled();
            work.report((double(s) + double(i) / request.count) / double(spaces.size()),
                        "drawing networks");
            const auto graph = zoo::drawMember(spaces[s], request.seed, i);
            if (!graph) return tl::unexpected(graph.error());
            const auto workloads = cost::workloadsOf(**graph);
            for (const Forecaster& forecaster : forecasters) {
                const auto prediction = forecaster.predictor.predict(workloads);
                records.push_back(wholeModel(forecaster, **graph, workloads, prediction));
                records.back().family = zoo::searchSpaceTitle(spaces[s]);
            }
        }
    std::erase_if(records, [](const Record& record) { return record.latencyUs == 0; });
    return records;
}

types::Result<Records> predictPower(const StudyRequest& request, const types::Work& work) {
    StudyRequest telling = request;
    std::erase_if(telling.devices, [](const DevicePtr& device) { return device->power.empty(); });
    if (telling.devices.empty() && request.measured.empty())
        return types::fail("the profiles hold one power for all operators, which has no spread", "",
                           "choose a board measured by operator (nucleo-f767zi, nucleo-l496zg, "
                           "disco-f469ni), or give a table with power_mw");
    auto members = predictMembers(telling, work);
    if (!members) return members;
    const auto models = predictModels(telling, work);
    if (!models) return models;
    for (const Record& record : *models)
        if (!record.op.empty()) members->push_back(record);
    return members;
}

}  // namespace studies
