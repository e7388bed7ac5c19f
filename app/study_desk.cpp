// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study_desk.h"

#include "app/measured_graphs.h"
#include "matrix/matrix_sessions.h"
#include "studies/matrix_records.h"
#include "studies/record_table.h"
#include "studies/run_study.h"
#include "studies/session_records.h"

namespace app {
namespace {

using Source = views::StudyChoice::Source;

/// Everything that a worker needs, by value.
struct StudyMaterial {
    views::StudyChoice choice;
    studies::StudyRequest request;
    std::vector<types::SessionPtr> sessions;
    std::vector<types::EvaluationPtr> models;
};

StudyMaterial materialFor(const views::StudyChoice& choice, Explorer& explorer) {
    StudyMaterial material{choice, {}, {}, {}};
    material.request.count = choice.networks;
    if (choice.source == Source::AllBoards) material.request.devices = explorer.devices();
    if (choice.source == Source::ThisBoard && explorer.knobs().device)
        material.request.devices = {explorer.knobs().device};
    if (choice.ofOpenModel && explorer.shown()) material.request.models = {explorer.shown()->graph};
    if (choice.source == Source::Sessions) {
        material.sessions = explorer.sessionBook().sessions();
        material.models = knownModels(explorer);
    }
    return material;
}

/// The request with the measurements of the table or the sessions.
types::Result<studies::StudyRequest> studyRequestOf(const StudyMaterial& material) {
    studies::StudyRequest request = material.request;
    studies::Records& measured = request.measured;
    if (material.choice.source == Source::Table) {
        auto records = studies::readRecords(material.choice.table.toStdString());
        if (!records) return tl::unexpected(records.error());
        measured = std::move(*records);
    }
    if (material.choice.id == "kernels-compared") {
        // This study reads whole matrices.
        for (const std::string& name : matrix::matrixNames(material.sessions))
            for (studies::Record& record :
                 studies::recordsOf(matrix::matrixOf(material.sessions, name)))
                measured.push_back(std::move(record));
        return request;
    }
    for (const types::SessionPtr& session : material.sessions)
        for (studies::Record& record :
             studies::recordsOf(*session, graphOf(*session, material.models).get()))
            measured.push_back(std::move(record));
    return request;
}

}  // namespace

std::vector<views::StudyEntry> studyEntries() {
    std::vector<views::StudyEntry> entries;
    // A study that trains for minutes does not start because it was clicked.
    for (const studies::StudyInfo& info : studies::allStudies())
        if (!info.judgesModel)
            entries.push_back({info.id, info.title, info.question, info.drawsNetworks});
    return entries;
}

StudyDesk::StudyDesk(Explorer& explorer, QObject* parent) : QObject(parent), m_explorer(explorer) {}

void StudyDesk::study(const views::StudyChoice& choice) {
    const auto verb = [material = materialFor(choice, m_explorer)](
                          const types::Work& work) -> types::Result<types::Study> {
        const auto request = studyRequestOf(material);
        if (!request) return tl::unexpected(request.error());
        return studies::runStudy(material.choice.id.toStdString(), *request, work);
    };
    m_work.start(verb, [this](const types::Result<types::Study>& study) {
        if (study)
            emit studied(*study);
        else
            emit failed(QString::fromStdString(study.error().message()));
    });
}

}  // namespace app
