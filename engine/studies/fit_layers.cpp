// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/fit_layers.h"

#include <algorithm>

#include "cost/fit/cross_validation.h"
#include "cost/fit/power_fit.h"
#include "studies/advise_layers.h"

namespace studies {
namespace {

using types::FitLine;
using types::FitReport;
using types::Result;

constexpr double kSteps = 8;

std::vector<types::FitPoint> pointsOf(const std::vector<cost::Residual>& residuals,
                                      const std::vector<cost::Observation>& layers) {
    std::map<std::string, types::OpKind> kinds;
    for (const cost::Observation& layer : layers)
        kinds[types::opName(layer.workload.kind)] = layer.workload.kind;
    std::vector<types::FitPoint> points;
    for (const cost::Residual& residual : residuals)
        points.push_back({kinds.at(residual.op), residual.family, residual.measured,
                          residual.predicted, residual.relativeBand});
    return points;
}

/// The steps of a fit; stop requests are checked between them.
class Fitting {
public:
    Fitting(const FitRequest& request, const types::Work& work) : m_request(request), m_work(work) {
        m_layers = cost::withoutRepeats(request.layers);
        m_options.kernels = cost::kernelLibraryOf(request.base->runtime, request.base->core);
        m_options.prior = request.prior;
        m_options.source = request.source;
        for (const cost::NetworkLayers& network : request.networks)
            m_options.heldOut.insert(m_options.heldOut.end(), network.layers.begin(),
                                     network.layers.end());
    }

    Result<FitReport> run() {
        m_report.layersFrom = m_request.layersFrom;
        step("cross-validation", [this] { validate(); });
        step("leaving kernel families out", [this] { leaveFamiliesOut(); });
        step("the usual rules of thumb", [this] { addBaselines(); });
        step("fitting", [this] { fit(); });
        step("what to measure next", [this] { advise(); });
        if (m_work.isStopped()) return types::cancelled();
        return m_report;
    }

private:
    template <typename Step>
    void step(const char* what, Step run) {
        if (m_work.isStopped()) return;
        m_work.report(m_done++ / kSteps, what);
        run();
    }

    void addLine(FitLine::Kind kind, const std::string& key, const std::string& title,
                 const std::vector<cost::Residual>& residuals) {
        m_report.lines.push_back({kind, key, title, cost::summarize(residuals)});
    }

    void validate() {
        const auto residuals = cost::crossValidate(m_layers, m_options, m_work);
        m_report.points = pointsOf(residuals, m_layers);
        for (const auto& [op, errors] : cost::summarizeByOp(residuals))
            m_report.lines.push_back({FitLine::Kind::Operator, op, op, errors});
        addLine(FitLine::Kind::AllLayers, "all", "all layers", residuals);
    }

    void leaveFamiliesOut() {
        addLine(FitLine::Kind::FamiliesOut, "leave_family_out",
                "a kernel family left out at a time",
                cost::leaveFamiliesOut(m_layers, m_options, m_work));
    }

    void addBaselines() {
        struct Rule {
            cost::Baseline baseline;
            const char *key, *title;
        };
        constexpr Rule kRules[] = {
            {cost::Baseline::OpsOnly, "baseline_ops_only", "baseline: a x MACs + b"},
            {cost::Baseline::ThroughputPerOp, "baseline_throughput_per_op",
             "baseline: one rate an operator"},
            {cost::Baseline::NearestNeighbour, "baseline_nearest_neighbour",
             "baseline: nearest layer"}};
        for (const Rule& rule : kRules)
            step(rule.title, [&] {
                addLine(FitLine::Kind::Baseline, rule.key, rule.title,
                        cost::validateBaseline(m_layers, rule.baseline));
            });
    }

    void fit() {
        types::DeviceProfile device = *m_request.base;
        if (!m_request.id.empty()) device.id = m_request.id;
        std::vector<const cost::Observation*> all;
        for (const cost::Observation& layer : m_layers)
            all.push_back(&layer);
        device.kernels =
            cost::rowsOf(cost::fitDevice(all, m_options), m_options, m_request.base->kernels);
        if (auto power = cost::fitPower(m_layers, m_request.source); !power.empty())
            device.power = std::move(power);
        if (!m_request.networks.empty())
            device.modelBand = cost::fitModelBand(device, m_request.networks, m_request.source);
        m_report.profile = std::make_shared<const types::DeviceProfile>(std::move(device));
    }

    void advise() {
        std::vector<cost::Workload> measured;
        for (const cost::Observation& layer : m_layers)
            measured.push_back(layer.workload);
        const size_t count = m_request.adviceCount;
        m_report.measureElsewhere = adviceFor(measured, {}, m_options, count);
        m_report.measureHere = adviceFor(layersToMeasure(m_request.nextModel, m_request.base),
                                         measured, m_options, count);
    }

    const FitRequest& m_request;
    const types::Work& m_work;
    double m_done = 0;
    std::vector<cost::Observation> m_layers;
    cost::FitOptions m_options;
    FitReport m_report;
};

}  // namespace

Result<FitReport> fitLayers(const FitRequest& request, const types::Work& work) {
    if (request.layers.empty())
        return types::fail("nothing to fit", "", "choose sessions or a table of measured layers");
    return Fitting(request, work).run();
}

}  // namespace studies
