// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fit_desk.h"

#include <QFileInfo>

#include "app/measured_graphs.h"
#include "cost/device_file.h"
#include "cost/fit/layer_table.h"
#include "cost/fit/session_observations.h"
#include "studies/fit_layers.h"

namespace app {
namespace {

using Layers = std::vector<cost::Observation>;

/// Everything that a worker needs, by value.
struct FitMaterial {
    views::FitChoice choice;
    std::vector<types::EvaluationPtr> models;
    studies::FitRequest request;
};

types::Result<Layers> layersOf(const types::Session& session,
                               const std::vector<types::EvaluationPtr>& models) {
    if (const types::GraphPtr graph = presumedGraphOf(session, models))
        return cost::observationsOf(session, *graph);
    return types::fail("the model of the session is not open", session.name,
                       "open " + (session.conditions.modelName.empty()
                                      ? std::string("the .tflite that was measured")
                                      : session.conditions.modelName));
}

types::Result<Layers> layersOfTable(const views::FitChoice& choice) {
    const auto filter = cost::rowFilterOf(choice.filter.toStdString());
    if (!filter) return tl::unexpected(filter.error());
    return cost::readLayerTable(choice.table.toStdString(), *filter,
                                choice.base ? choice.base->clockMhz : 0);
}

QString sourceOf(const views::FitChoice& choice) {
    QStringList names;
    for (const types::SessionPtr& session : choice.sessions)
        names << QString::fromStdString(session->name);
    if (names.size() > 3) names = QStringList{QObject::tr("%1 sessions").arg(names.size())};
    if (!choice.table.isEmpty()) names << QFileInfo(choice.table).fileName();
    if (!choice.table.isEmpty() && !choice.filter.isEmpty()) names.last() += ", " + choice.filter;
    return names.join("; ");
}

/// The request with the chosen layers.
types::Result<studies::FitRequest> fitRequestOf(const FitMaterial& material) {
    studies::FitRequest request = material.request;
    Layers& layers = request.layers;
    const auto add = [&layers](types::Result<Layers> found) -> types::Result<void> {
        if (!found) return tl::unexpected(found.error());
        layers.insert(layers.end(), found->begin(), found->end());
        return {};
    };
    for (const types::SessionPtr& session : material.choice.sessions)
        if (const auto added = add(layersOf(*session, material.models)); !added)
            return tl::unexpected(added.error());
    if (material.choice.table.isEmpty()) return request;
    if (const auto added = add(layersOfTable(material.choice)); !added)
        return tl::unexpected(added.error());
    return request;
}

}  // namespace

FitDesk::FitDesk(Explorer& explorer, QObject* parent) : QObject(parent), m_explorer(explorer) {}

void FitDesk::fit(const views::FitChoice& choice) {
    FitMaterial material{choice, knownModels(m_explorer), {}};
    material.request.base = choice.base;
    material.request.prior = choice.prior;
    material.request.layersFrom = sourceOf(choice).toStdString();
    material.request.source = "fitted to " + material.request.layersFrom;
    material.request.nextModel = m_explorer.graph();
    const auto verb = [material](const types::Work& work) -> types::Result<types::FitReport> {
        work.report(0, "reading the layers");
        const auto request = fitRequestOf(material);
        if (!request) return tl::unexpected(request.error());
        return studies::fitLayers(*request, work);
    };
    m_work.start(verb, [this](const types::Result<types::FitReport>& report) {
        if (report)
            emit fitted(*report);
        else
            emit failed(QString::fromStdString(report.error().message()));
    });
}

types::Result<types::DevicePtr> FitDesk::save(const types::DeviceProfile& profile,
                                              const QString& path) {
    types::DeviceProfile named = profile;
    named.id = QFileInfo(path).completeBaseName().toStdString();
    if (named.id != profile.id) named.name += " (" + named.id + ")";
    if (const auto written = cost::writeDeviceFile(named, path.toStdString()); !written)
        return tl::unexpected(written.error());
    auto device = std::make_shared<const types::DeviceProfile>(std::move(named));
    m_explorer.addDevice(device);
    return device;
}

}  // namespace app
