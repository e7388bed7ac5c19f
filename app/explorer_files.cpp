// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer: opening and saving models, projects and data.
#include <QFileInfo>
#include <algorithm>
#include <mutex>

#include "app/explorer.h"
#include "engine/evaluate.h"

namespace app {

using types::Variation;

namespace {

/// The project's board; the present one, with a problem, where it is not known here.
types::DevicePtr boardOf(const Workspace& shown, const std::vector<types::DevicePtr>& devices,
                         const types::DevicePtr& present, QStringList& problems) {
    if (shown.ownBoard) return shown.ownBoard;
    if (shown.board.empty()) return present;
    for (const types::DevicePtr& device : devices)
        if (device->id == shown.board) return device;
    problems << QObject::tr("The project's board %1 is not known here: choose another one.")
                    .arg(QString::fromStdString(shown.board));
    return present;
}

/// The data of a project, else those beside a model.
QString dataOf(const EngineVerbs& engine, const Project& project, const QString& path) {
    if (project.workspace) return QString::fromStdString(project.workspace->dataPath);
    return engine.dataBeside && !path.isEmpty() ? engine.dataBeside(path) : QString();
}

}  // namespace

void Explorer::openModel(const QString& path) {
    if (QFileInfo(path).suffix() == kProjectEnding) return openProject(path);
    open({path}, [engine = m_engine, path]() -> types::Result<Project> {
        auto graph = engine.read(path);
        if (!graph) return tl::unexpected(graph.error());
        return Project{*graph, {}, {}, {}};
    });
}

/// The other signature is another model: it is in no project yet.
void Explorer::openSignature(const QString& name) {
    if (!m_graph) return;
    open({m_modelPath}, [engine = m_engine, graph = m_graph, name]() -> types::Result<Project> {
        auto other = engine.readSignature(graph, name);
        if (!other) return tl::unexpected(other.error());
        return Project{*other, {}, {}, {}};
    });
}

void Explorer::openProject(const QString& path) {
    open({path, true}, [engine = m_engine, path] { return engine.readProject(path); });
}

void Explorer::recoverProject(const QString& journal) {
    open({{}, true, journal}, [engine = m_engine, journal] { return engine.readProject(journal); });
}

void Explorer::open(const Source& source, const std::function<types::Result<Project>()>& read) {
    Knobs knobs = m_knobs;
    knobs.trained = nullptr;
    const auto verb = [engine = m_engine, source, read, knobs,
                       devices = m_devices](const types::Work& work) -> types::Result<Opened> {
        work.report(0, "reading");
        auto project = read();
        if (!project) return tl::unexpected(project.error());
        return readAndEvaluate(engine, devices, work, {source, *project, knobs, nullptr, {}});
    };
    m_loading.start(verb, [this](const types::Result<Opened>& opened) {
        if (opened)
            adopt(*opened);
        else
            emit failed(QString::fromStdString(opened.error().message()));
    });
}

/// Evaluates the original on the project's data, or on those beside the model, where they fit; else
/// without data, so that the model opens in any case.
types::Result<Explorer::Opened> Explorer::readAndEvaluate(
    const EngineVerbs& engine, const std::vector<types::DevicePtr>& devices,
    const types::Work& work, Opened opened) {
    const Project& project = opened.project;
    if (!project.graph) return opened;
    Knobs& knobs = opened.knobs;
    knobs.variation = {};
    knobs.data = nullptr;
    if (project.workspace) {
        knobs.device = boardOf(*project.workspace, devices, knobs.device, opened.problems);
        knobs.duty = project.workspace->duty;
    }
    const QString path = dataOf(engine, project, opened.source.path);
    if (!path.isEmpty()) {
        auto data = engine.readData(path);
        if (data) knobs.data = *data;
        if (!data) opened.problems << QString::fromStdString(data.error().message());
    }
    auto evaluation = engine.evaluate(project.graph, knobs, work);
    if (!evaluation && knobs.data && !evaluation.error().isCancelled()) {
        opened.problems << QString::fromStdString(evaluation.error().message());
        knobs.data = nullptr;
        evaluation = engine.evaluate(project.graph, knobs, work);
    }
    if (!evaluation) return tl::unexpected(evaluation.error());
    opened.evaluation = *evaluation;
    return opened;
}

/// A recovered project is that which it was, with its name or without.
void Explorer::adopt(const Opened& opened) {
    const Source& source = opened.source;
    const Project& project = opened.project;
    if (!project.graph) {
        if (source.isProject) m_book.setSessions(project.sessions);
        return emit failed(tr("%1 holds no model: its sessions are on the Sessions page")
                               .arg(QFileInfo(source.path).fileName()));
    }
    emit modelClosing();
    m_book.setSessions(sessionsAlong(opened));
    m_evaluating.cancel();
    m_fitting.cancel();
    m_delay.stop();
    m_undo.clear();
    m_failed.clear();
    m_graph = project.graph;
    m_recoveredFrom = source.journal;
    const QString modelPath =
        project.workspace ? QString::fromStdString(project.workspace->modelPath) : source.path;
    const QString savedAs = QString::fromStdString(project.savedAs);
    m_path = source.journal.isEmpty() ? source.path : savedAs.isEmpty() ? modelPath : savedAs;
    m_modelPath = modelPath;
    // Board and duty cycle may have been chosen anew while a model was read.
    const Knobs present = m_knobs;
    m_knobs = opened.knobs;
    if (!project.workspace) {
        m_knobs.device = present.device;
        m_knobs.duty = present.duty;
    }
    const bool isCurrent = m_knobs.matchesBoardAndData(*opened.evaluation);
    m_tried = {{Variation{}, opened.evaluation, !isCurrent}};
    adoptStored(project);
    m_feed.forgetEvaluation();
    m_feed.points().setConditions(conditions());
    m_feed.points().setMarks(project.marks);
    m_selection.setLayer(-1);
    m_selection.setVariation({});
    adoptWorkspace(opened);
    emit modelOpened(QString::fromStdString(m_graph->name), m_path);
    emit knobsChanged(m_knobs);
    show(opened.evaluation);
    if (project.workspace)
        m_selection.setLayers(project.workspace->layers, project.workspace->layer);
    if (!isUpToDate() || m_tried.size() > 1) schedule();
    for (const QString& problem : opened.problems)
        emit failed(problem);
}

/// Knobs and page as they were left.
void Explorer::adoptWorkspace(const Opened& opened) {
    if (!opened.project.workspace) return;
    const Workspace& shown = *opened.project.workspace;
    m_knobs.variation = shown.knobs;
    if (shown.showsTrained) m_knobs.trained = trainedModel(shown.knobs.normalized());
    if (shown.ownBoard && m_knobs.device == shown.ownBoard &&
        std::ranges::none_of(m_devices,
                             [&](const auto& device) { return device->id == shown.board; })) {
        m_devices.push_back(shown.ownBoard);
        emit devicesChanged();
    }
    if (!shown.page.empty()) setPage(QString::fromStdString(shown.page));
}

/// Sessions belong to the project of their model. What may be of the model that is opened comes
/// along: a session of the same model, or one that does not say of which model it is.
std::vector<types::SessionPtr> Explorer::sessionsAlong(const Opened& opened) const {
    if (opened.source.isProject) return opened.project.sessions;
    const std::string& hash = opened.evaluation->modelSha256;
    const bool isSame = !m_tried.empty() && m_tried.front().evaluation &&
                        m_tried.front().evaluation->modelSha256 == hash;
    std::vector<types::SessionPtr> along;
    for (const types::SessionPtr& session : m_book.sessions()) {
        const std::string& of = session->conditions.modelHash;
        if (isSame || of.empty() || of == hash) along.push_back(session);
    }
    return along;
}

Workspace Explorer::workspace() const {
    Workspace shown;
    shown.knobs = m_knobs.variation;
    shown.showsTrained = m_knobs.trained != nullptr;
    shown.modelPath = m_modelPath.toStdString();
    if (const types::DevicePtr& board = m_knobs.device) {
        shown.board = board->id;
        const auto known = std::ranges::find(m_knownDevices, board);
        if (known == m_knownDevices.end()) shown.ownBoard = board;
    }
    if (m_knobs.data) shown.dataPath = m_knobs.data->path.string();
    shown.duty = m_knobs.duty;
    shown.page = m_page.toStdString();
    if (!this->shown()) return shown;
    const auto originOf = [&layers = this->shown()->layers](int layer) {
        const auto index = static_cast<size_t>(layer);
        return layer >= 0 && index < layers.size() ? layers[index].origin : -1;
    };
    for (const int layer : m_selection.layers())
        if (const int32_t origin = originOf(layer); origin >= 0) shown.layers.push_back(origin);
    std::ranges::sort(shown.layers);
    shown.layers.erase(std::unique(shown.layers.begin(), shown.layers.end()), shown.layers.end());
    shown.layer = originOf(m_selection.layer());
    return shown;
}

Project Explorer::project() const {
    Project project{m_graph, {}, {}, m_book.sessions()};
    for (const views::TriedVariation& tried : m_tried) {
        project.variations.push_back(tried.variation);
        project.evaluations.push_back(tried.outdated ? nullptr : tried.evaluation);
        project.trained.push_back(trainedModel(tried.variation));
    }
    project.marks = m_feed.points().allMarks();
    if (m_graph) project.workspace = workspace();
    return project;
}

void Explorer::saveProject(const QString& path) {
    // Undo of a deletion ends with the window.
    Project project = this->project();
    for (size_t i = project.variations.size(); i-- > 0;) {
        if (!m_tried[i].marks.isDeleted) continue;
        const auto at = static_cast<std::ptrdiff_t>(i);
        project.variations.erase(project.variations.begin() + at);
        project.evaluations.erase(project.evaluations.begin() + at);
        project.trained.erase(project.trained.begin() + at);
    }
    const auto verb = [engine = m_engine, project,
                       path](const types::Work& work) -> types::Result<void> {
        // One that was begun before still writes; one that was replaced while it waited must not
        // write older work over newer.
        static std::mutex writing;
        const std::lock_guard lock(writing);
        if (work.isStopped()) return types::cancelled();
        work.report(0, "saving");
        return engine.writeProject(project, path);
    };
    m_saving.start(verb, [this, path, graph = m_graph,
                          trained = m_trained](const types::Result<void>& written) {
        if (!written) return emit failed(QString::fromStdString(written.error().message()));
        if (graph != m_graph) return;
        if (trained == m_trained) m_hasUnsavedTraining = false;
        m_path = path;
        emit projectSaved(path);
    });
}

void Explorer::setPage(const QString& page) {
    if (page == m_page) return;
    m_page = page;
    emit pageChanged(page);
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
