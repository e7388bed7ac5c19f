// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export_desk.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>

#include "bytes/sha256.h"
#include "views/models/variations_model.h"

namespace app {

using types::EvaluationPtr;

ExportDesk::ExportDesk(Explorer& explorer, views::ExportPage& page, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_page(page) {
    connect(&page, &views::ExportPage::formsRequested, this, &ExportDesk::showForms);
    connect(&page, &views::ExportPage::saveRequested, this, &ExportDesk::save);
    connect(&explorer.feed(), &views::EvaluationFeed::evaluated, this, [this] {
        if (m_page.isVisible()) showForms();
    });
    connect(&m_work, &Job::runningChanged, &page.strip(), &views::WorkStrip::setRunning);
    connect(&page.strip(), &views::WorkStrip::cancelled, &m_work, &Job::cancel);
}

void ExportDesk::setMeasured(const std::optional<types::MeasuredLatency>& measured) {
    m_measured = measured;
}

void ExportDesk::showForms() {
    const EvaluationPtr& shown = m_explorer.shown();
    if (!shown) return;
    m_page.setForms(exportForms(*shown, subject()));
    m_page.setWarning(exportWarning(*shown));
}

report::CommandSubject ExportDesk::subject() const {
    const types::Evaluation& shown = *m_explorer.shown();
    const Project project = m_explorer.project();
    report::CommandSubject subject;
    subject.model = m_explorer.path().toStdString();
    // Commands other than report read models.
    if (project.workspace && !project.workspace->modelPath.empty())
        subject.model = project.workspace->modelPath;
    subject.variation = shown.variation;
    subject.board = shown.device;
    if (project.workspace && project.workspace->ownBoard)
        subject.boardFile = project.workspace->ownBoard->id + ".json";
    subject.dataset = shown.datasetPath;
    subject.usesTestPart = true;  // evaluateOptions()
    return subject;
}

report::ReportInput ExportDesk::input() const {
    report::ReportInput input;
    const EvaluationPtr& shown = m_explorer.shown();
    input.name = m_explorer.graph()->name;
    input.reported = shown;
    input.original = m_explorer.feed().original();
    const types::Bytes& file = m_explorer.graph()->original;
    if (!file.empty()) input.fileSha256 = bytes::sha256(file.view());
    for (const auto& entry : views::listedVariations(m_explorer.tried(), shown->variation))
        if (entry.evaluation && !entry.outdated)
            input.tried.push_back({entry.name().toStdString(), entry.evaluation});
    input.subject = subject();
    input.measured = m_measured;
    input.version = "netcaliper " + QCoreApplication::applicationVersion().toStdString();
    return input;
}

void ExportDesk::save(const QString& id) {
    const ExportKind* const kind = exportKind(id);
    const EvaluationPtr& shown = m_explorer.shown();
    if (!kind || !shown) return;
    const QString ending = kind->ending;
    const bool isFolder = *kind->filter == '\0';
    const QString proposed =
        QFileInfo(m_explorer.path()).absolutePath() + '/' + proposedName(*shown) + ending;
    QString path = QFileDialog::getSaveFileName(
        &m_page, tr("Save: %1").arg(QCoreApplication::translate("Export", kind->title)), proposed,
        isFolder ? tr("New folder (*)") : QCoreApplication::translate("Export", kind->filter));
    if (path.isEmpty()) return;
    if (!isFolder && !path.endsWith(ending)) path += ending;
    saveTo(id, path);
}

void ExportDesk::saveTo(const QString& id, const QString& path) {
    const ExportKind* const kind = exportKind(id);
    if (!kind || !m_explorer.shown()) return;
    if (!m_explorer.isUpToDate())
        return emit failed(
            tr("the newest variation is still being evaluated: save again when it "
               "is done"));
    m_work.start(
        [kind, input = input(), path](const types::Work&) { return exportTo(*kind, input, path); },
        [this](const types::Result<QStringList>& files) {
            if (files)
                emit written(*files);
            else
                emit failed(QString::fromStdString(files.error().message()));
        });
}

}  // namespace app
