// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer: opening and saving models, projects and data.
#include <QFileInfo>

#include "app/explorer.h"
#include "engine/evaluate.h"

namespace app {

using types::Variation;

void Explorer::openModel(const QString& path) {
    if (QFileInfo(path).suffix() == kProjectEnding) return openProject(path);
    open(path, [engine = m_engine, path]() -> types::Result<Project> {
        auto graph = engine.read(path);
        if (!graph) return tl::unexpected(graph.error());
        return Project{*graph, {}, {}, {}};
    });
}

void Explorer::openSignature(const QString& name) {
    if (!m_graph) return;
    open(m_path, [engine = m_engine, graph = m_graph, name]() -> types::Result<Project> {
        auto other = engine.readSignature(graph, name);
        if (!other) return tl::unexpected(other.error());
        return Project{*other, {}, {}, {}};
    });
}

void Explorer::openProject(const QString& path) {
    open(path, [engine = m_engine, path] { return engine.readProject(path); });
}

void Explorer::open(const QString& path, const std::function<types::Result<Project>()>& read) {
    // The original first, without the data of another model.
    const Knobs knobs{{}, m_knobs.device, nullptr};
    const auto verb = [engine = m_engine, path, read, knobs](const types::Work& work) {
        work.report(0, "reading");
        return readAndEvaluate(engine, path, read(), knobs, work);
    };
    m_loading.start(verb, [this, path](const types::Result<Opened>& opened) {
        if (opened)
            adopt(path, *opened);
        else
            emit failed(QString::fromStdString(opened.error().message()));
    });
}

/// Evaluates on the data beside the model where they fit, else without data, so that the model
/// opens in any case.
types::Result<Explorer::Opened> Explorer::readAndEvaluate(const EngineVerbs& engine,
                                                          const QString& path,
                                                          types::Result<Project> project,
                                                          Knobs knobs, const types::Work& work) {
    if (!project) return tl::unexpected(project.error());
    Opened opened{*project, nullptr, nullptr, {}};
    if (!project->graph) return opened;
    const QString beside = engine.dataBeside ? engine.dataBeside(path) : QString();
    if (!beside.isEmpty()) {
        auto data = engine.readData(beside);
        if (data) knobs.data = *data;
        if (!data) opened.dataProblem = QString::fromStdString(data.error().message());
    }
    auto evaluation = engine.evaluate(project->graph, knobs, work);
    if (!evaluation && knobs.data && !evaluation.error().isCancelled()) {
        opened.dataProblem = QString::fromStdString(evaluation.error().message());
        knobs.data = nullptr;
        evaluation = engine.evaluate(project->graph, knobs, work);
    }
    if (!evaluation) return tl::unexpected(evaluation.error());
    opened.data = knobs.data;
    opened.evaluation = *evaluation;
    return opened;
}

void Explorer::adopt(const QString& path, const Opened& opened) {
    const bool isProject = QFileInfo(path).suffix() == kProjectEnding;
    if (isProject) m_book.setSessions(opened.project.sessions);
    if (!opened.project.graph)
        return emit failed(tr("%1 holds no model: its sessions are on the Sessions page")
                               .arg(QFileInfo(path).fileName()));
    m_evaluating.cancel();
    m_fitting.cancel();
    m_delay.stop();
    m_undo.clear();
    m_failed.clear();
    m_path = path;
    m_graph = opened.project.graph;
    m_knobs.variation = {};
    m_knobs.trained = nullptr;
    m_knobs.data = opened.data;
    const bool isCurrent = m_knobs.matchesBoardAndData(*opened.evaluation);
    m_tried = {{Variation{}, opened.evaluation, !isCurrent}};
    adoptStored(opened.project);
    m_feed.forgetEvaluation();
    m_feed.points().setConditions(conditions());
    m_feed.points().setMarks(opened.project.marks);
    m_selection.setLayer(-1);
    m_selection.setVariation({});
    emit modelOpened(QString::fromStdString(m_graph->name), path);
    emit knobsChanged(m_knobs);
    show(opened.evaluation);
    if (!isCurrent || m_tried.size() > 1) schedule();
    if (!opened.dataProblem.isEmpty()) emit failed(opened.dataProblem);
}

void Explorer::saveProject(const QString& path) {
    Project project{m_graph, {}, {}, m_book.sessions()};
    for (const views::TriedVariation& tried : m_tried) {
        if (tried.marks.isDeleted) continue;
        project.variations.push_back(tried.variation);
        project.evaluations.push_back(tried.outdated ? nullptr : tried.evaluation);
        project.trained.push_back(trainedModel(tried.variation));
    }
    project.marks = m_feed.points().allMarks();
    const auto verb = [engine = m_engine, project, path](const types::Work& work) {
        work.report(0, "saving");
        return engine.writeProject(project, path);
    };
    m_saving.start(verb, [this, path, trained = m_trained](const types::Result<void>& written) {
        if (!written) return emit failed(QString::fromStdString(written.error().message()));
        if (trained == m_trained) m_hasUnsavedTraining = false;
        emit projectSaved(path);
    });
}

void Explorer::openData(const QString& path) {
    if (!m_graph) return emit failed(tr("no model is open: open the model first, then its data"));
    // Evaluating the original checks that data and model fit, before anything changes.
    const auto verb = [engine = m_engine, path, graph = m_graph, device = m_knobs.device](
                          const types::Work& work) -> types::Result<data::DatasetPtr> {
        work.report(0, "reading the data set");
        auto data = engine.readData(path);
        if (!data) return tl::unexpected(data.error());
        auto trial = engine.evaluate(graph, {{}, device, *data}, work);
        if (!trial) return tl::unexpected(trial.error());
        return data;
    };
    m_loadingData.start(verb, [this, graph = m_graph](const auto& data) {
        if (graph != m_graph) return;
        if (data) return setData(*data);
        if (!data.error().isCancelled())
            emit failed(QString::fromStdString(data.error().message()));
    });
}

void Explorer::setData(const data::DatasetPtr& data) {
    finishEdit();
    Knobs next = m_knobs;
    next.data = data;
    pushKnobs(next, data ? tr("data %1").arg(QString::fromStdString(data->name)) : tr("no data"));
    finishEdit();
}

void Explorer::removeData() {
    if (m_knobs.data) setData(nullptr);
}

}  // namespace app
