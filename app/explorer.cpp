// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explorer.h"

#include <QFileInfo>
#include <algorithm>
#include <filesystem>

#include "app/knob_command.h"
#include "data/dataset_beside.h"
#include "engine/evaluate.h"
#include "tflite/read.h"

namespace app {
namespace {

using types::EvaluationPtr;
using types::Variation;

constexpr int kEditDelayMs = 30;
constexpr int kPatienceMs = 200;  ///< a quicker evaluation is let finish during a drag
constexpr int kOutdatedMs = 150;  ///< shorter waits are not worth dimming for

/// Names the undo step after the knob that moved.
QString editText(const Variation& before, const Variation& after) {
    if (before.width != after.width) return QObject::tr("width %1").arg(after.width, 0, 'g', 4);
    if (before.channelMultiple != after.channelMultiple)
        return QObject::tr("rounding to %1").arg(after.channelMultiple);
    if (before.prune.channels != after.prune.channels)
        return QObject::tr("pruning %1 %").arg(100 * after.prune.channels, 0, 'g', 3);
    if (before.prune.weights != after.prune.weights)
        return QObject::tr("zeros %1 %").arg(100 * after.prune.weights, 0, 'g', 3);
    if (before.quantize.precision != after.quantize.precision)
        return QObject::tr("precision %1").arg(types::precisionName(after.quantize.precision));
    if (before.layers != after.layers) return QObject::tr("knobs of layers");
    if (before.inputSize != after.inputSize) return QObject::tr("input size");
    return QObject::tr("how it is varied");
}

/// Where the layers of one evaluation stand in another: by what they were in the model as opened.
std::vector<int> sameLayers(const types::Evaluation& before, const types::Evaluation& after,
                            const std::vector<int>& layers) {
    std::vector<int> result;
    for (int layer : layers) {
        const int32_t origin = before.layers[static_cast<size_t>(layer)].origin;
        const auto found = std::find_if(
            after.layers.begin(), after.layers.end(),
            [origin](const auto& candidate) { return origin >= 0 && candidate.origin == origin; });
        if (found != after.layers.end()) result.push_back(found->index);
    }
    return result;
}

}  // namespace

EngineVerbs realEngine() {
    return {
        [](const QString& path) { return tflite::read(std::filesystem::path(path.toStdString())); },
        [](const QString& path) { return app::readProject(path.toStdString()); },
        [](const Project& project, const QString& path) {
            return app::writeProject(project, path.toStdString());
        },
        [](const QString& path) -> types::Result<engine::DatasetPtr> {
            auto dataset = data::readDataset(std::filesystem::path(path.toStdString()));
            if (!dataset) return tl::unexpected(dataset.error());
            return std::make_shared<const data::Dataset>(std::move(*dataset));
        },
        [](const QString& modelPath) {
            const auto beside = data::datasetBeside(modelPath.toStdString());
            return beside ? QString::fromStdString(beside->string()) : QString();
        },
        [](const types::GraphPtr& graph, const Knobs& knobs, std::stop_token stop,
           const Job::Report& report) {
            engine::EvaluateOptions options;
            options.data.dataset = knobs.data;
            // Every variation is judged on the same samples, whether its knobs learn or not.
            options.data.judged = engine::Judged::TestPart;
            return engine::evaluate(graph, knobs.variation, knobs.device, options, stop, report);
        }};
}

bool Knobs::judges(const types::Evaluation& evaluation) const {
    const std::string path = data ? data->path.string() : std::string();
    return evaluation.device == device && evaluation.datasetPath == path;
}

Explorer::Explorer(std::vector<types::DevicePtr> devices, EngineVerbs engine, QObject* parent)
    : QObject(parent), m_devices(std::move(devices)), m_engine(std::move(engine)) {
    if (!m_devices.empty()) m_knobs.device = m_devices.front();
    m_delay.setSingleShot(true);
    m_untilOutdated.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &Explorer::pursue);
    connect(&m_untilOutdated, &QTimer::timeout, this, [this] { emit outdatedChanged(true); });
    connect(&m_book, &SessionBook::failed, this, &Explorer::failed);
    for (Job* job : {&m_loading, &m_loadingData, &m_saving, &m_evaluating, &m_book.job()}) {
        connect(job, &Job::progressed, this, &Explorer::progressed);
        connect(job, &Job::runningChanged, this, [this] { emit busyChanged(isBusy()); });
    }
}

bool Explorer::setFirstDevice(const QString& id) {
    const auto found = std::find_if(m_devices.begin(), m_devices.end(), [&](const auto& device) {
        return device->id == id.toStdString();
    });
    if (found == m_devices.end()) return false;
    m_knobs.device = *found;
    emit knobsChanged(m_knobs);
    return true;
}

bool Explorer::isUpToDate() const {
    return m_shown && m_shown->variation == m_knobs.variation && m_knobs.judges(*m_shown);
}

void Explorer::openModel(const QString& path) {
    if (QFileInfo(path).suffix() == kProjectEnding) return openProject(path);
    open(path, [engine = m_engine, path]() -> types::Result<Project> {
        auto graph = engine.read(path);
        if (!graph) return tl::unexpected(graph.error());
        return Project{*graph, {}, {}, {}};
    });
}

void Explorer::openProject(const QString& path) {
    open(path, [engine = m_engine, path] { return engine.readProject(path); });
}

void Explorer::open(const QString& path, const std::function<types::Result<Project>()>& read) {
    // The original first, without the data of another model.
    const Knobs knobs{{}, m_knobs.device, nullptr};
    const auto work = [engine = m_engine, path, read, knobs](std::stop_token stop,
                                                             const Job::Report& report) {
        report(0, "reading");
        return readAndJudge(engine, path, read(), knobs, stop, report);
    };
    m_loading.start(work, [this, path](const types::Result<Opened>& opened) {
        if (opened)
            adopt(path, *opened);
        else
            emit failed(QString::fromStdString(opened.error().message()));
    });
}

/// Judged on the data beside the model where they serve, else without: a model is worth opening
/// whatever lies around it.
types::Result<Explorer::Opened> Explorer::readAndJudge(const EngineVerbs& engine,
                                                       const QString& path,
                                                       types::Result<Project> project, Knobs knobs,
                                                       std::stop_token stop,
                                                       const Job::Report& report) {
    if (!project) return tl::unexpected(project.error());
    Opened opened{*project, nullptr, nullptr, {}};
    if (!project->graph) return opened;
    const QString beside = engine.dataBeside ? engine.dataBeside(path) : QString();
    if (!beside.isEmpty()) {
        auto data = engine.readData(beside);
        if (data) knobs.data = *data;
        if (!data) opened.dataProblem = QString::fromStdString(data.error().message());
    }
    auto evaluation = engine.evaluate(project->graph, knobs, stop, report);
    if (!evaluation && knobs.data && evaluation.error().what != engine::kCancelled) {
        opened.dataProblem = QString::fromStdString(evaluation.error().message());
        knobs.data = nullptr;
        evaluation = engine.evaluate(project->graph, knobs, stop, report);
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
    m_delay.stop();
    m_undo.clear();
    m_failed.clear();
    m_path = path;
    m_graph = opened.project.graph;
    m_knobs.variation = {};
    m_knobs.data = opened.data;
    const bool isCurrent = m_knobs.judges(*opened.evaluation);
    m_tried = {{Variation{}, opened.evaluation, !isCurrent}};
    for (const Variation& variation : opened.project.variations)
        if (!variation.isIdentity()) m_tried.push_back({variation, nullptr, false});
    m_shown = nullptr;
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
        project.variations.push_back(tried.variation);
        project.evaluations.push_back(tried.outdated ? nullptr : tried.evaluation);
    }
    const auto work = [engine = m_engine, project, path](std::stop_token,
                                                         const Job::Report& report) {
        report(0, "saving");
        return engine.writeProject(project, path);
    };
    m_saving.start(work, [this, path](const types::Result<void>& written) {
        if (written)
            emit projectSaved(path);
        else
            emit failed(QString::fromStdString(written.error().message()));
    });
}

void Explorer::editVariation(const Variation& variation) {
    // Without a model there is nothing to vary: the knob goes back.
    if (!m_graph) return emit knobsChanged(m_knobs);
    if (variation == m_knobs.variation) return;
    pushKnobs({variation, m_knobs.device, m_knobs.data}, editText(m_knobs.variation, variation));
}

void Explorer::chooseVariation(const Variation& variation) {
    if (!m_graph || variation == m_knobs.variation) return;
    finishEdit();
    pushKnobs({variation, m_knobs.device, m_knobs.data},
              tr("return to %1").arg(QString::fromStdString(variation.label())));
    finishEdit();
}

void Explorer::chooseDevice(const types::DevicePtr& device) {
    if (device == m_knobs.device) return;
    finishEdit();
    pushKnobs({m_knobs.variation, device, m_knobs.data},
              tr("board %1").arg(device ? QString::fromStdString(device->name) : tr("none")));
    finishEdit();
}

void Explorer::openData(const QString& path) {
    if (!m_graph) return emit failed(tr("no model is open: open the model first, then its data"));
    // Judging the original tells whether data and model belong together, before anything changes.
    const auto work = [engine = m_engine, path, graph = m_graph, device = m_knobs.device](
                          std::stop_token stop,
                          const Job::Report& report) -> types::Result<engine::DatasetPtr> {
        report(0, "reading the data set");
        auto data = engine.readData(path);
        if (!data) return tl::unexpected(data.error());
        auto judged = engine.evaluate(graph, {{}, device, *data}, stop, report);
        if (!judged) return tl::unexpected(judged.error());
        return data;
    };
    m_loadingData.start(work, [this, graph = m_graph](const auto& data) {
        if (graph != m_graph) return;
        if (data) return setData(*data);
        if (data.error().what != engine::kCancelled)
            emit failed(QString::fromStdString(data.error().message()));
    });
}

void Explorer::setData(const engine::DatasetPtr& data) {
    finishEdit();
    pushKnobs({m_knobs.variation, m_knobs.device, data},
              data ? tr("data %1").arg(QString::fromStdString(data->name)) : tr("no data"));
    finishEdit();
}

void Explorer::removeData() {
    if (m_knobs.data) setData(nullptr);
}

void Explorer::pushKnobs(const Knobs& knobs, const QString& text) {
    m_undo.push(new KnobCommand(*this, m_knobs, knobs, text, m_editGroup));
}

void Explorer::finishEdit() {
    ++m_editGroup;
    keepNewest();
}

void Explorer::keepNewest() {
    if (!m_graph || triedEntry(m_knobs.variation) || isFailed(m_knobs.variation)) return;
    m_tried.push_back({m_knobs.variation, isUpToDate() ? m_shown : nullptr, false});
    emit triedChanged();
}

void Explorer::setKnobs(const Knobs& knobs) {
    const bool isJudgedAnew = knobs.device != m_knobs.device || knobs.data != m_knobs.data;
    m_knobs = knobs;
    if (isJudgedAnew) {
        m_failed.clear();
        m_evaluating.cancel();
        for (views::TriedVariation& entry : m_tried)
            entry.outdated = entry.evaluation && !knobs.judges(*entry.evaluation);
    }
    emit knobsChanged(m_knobs);
    emit triedChanged();
    schedule();
}

void Explorer::schedule() {
    if (!m_graph) return;
    if (const EvaluationPtr known = currentEvaluation(m_knobs.variation)) show(known);
    if (!isUpToDate() && !m_untilOutdated.isActive()) m_untilOutdated.start(kOutdatedMs);
    if (!m_delay.isActive()) m_delay.start(kEditDelayMs);
}

/// The newest variation first, then the list in its order, which begins with the original: changes
/// are told against it.
const Variation* Explorer::mostWanted() const {
    const auto isMissing = [this](const Variation& variation) {
        return !currentEvaluation(variation) && !isFailed(variation);
    };
    if (!isUpToDate() && isMissing(m_knobs.variation)) return &m_knobs.variation;
    for (const views::TriedVariation& entry : m_tried)
        if (isMissing(entry.variation)) return &entry.variation;
    return nullptr;
}

void Explorer::pursue() {
    if (!m_graph) return;
    const Variation* wanted = mostWanted();
    if (!wanted) return;
    if (m_evaluating.isRunning()) {
        const bool isQuick = m_runningSince.elapsed() < kPatienceMs;
        if (isQuick || *wanted == m_running) return;
    }
    start(*wanted);
}

void Explorer::start(const Variation& wanted) {
    const Variation variation = wanted;
    m_running = variation;
    m_runningSince.start();
    m_evaluating.start(
        [engine = m_engine, graph = m_graph,
         knobs = Knobs{variation, m_knobs.device, m_knobs.data}](std::stop_token stop,
                                                                 const Job::Report& report) {
            return engine.evaluate(graph, knobs, stop, report);
        },
        [this, variation](const types::Result<EvaluationPtr>& result) {
            receive(variation, result);
        });
}

void Explorer::receive(const Variation& variation, const types::Result<EvaluationPtr>& result) {
    if (!result) {
        refuse(variation, result.error());
        return pursue();
    }
    const auto entry = std::find_if(m_tried.begin(), m_tried.end(), [&](const auto& tried) {
        return tried.variation == variation;
    });
    if (entry != m_tried.end()) *entry = {variation, *result, false};
    // Results on the way of a drag are shown too; those of the other entries only fill the list.
    const bool isOnTheWay = entry == m_tried.end();
    const bool isNewest = variation == m_knobs.variation;
    if (isNewest || isOnTheWay)
        show(*result);
    else if (variation == Variation{} && m_shown)
        show(m_shown);
    emit triedChanged();
    pursue();
}

void Explorer::refuse(const Variation& variation, const types::Error& error) {
    m_failed.push_back(variation);
    std::erase_if(m_tried, [&](const auto& tried) {
        return tried.variation == variation && !tried.evaluation;
    });
    emit triedChanged();
    if (error.what != engine::kCancelled) emit failed(QString::fromStdString(error.message()));
}

void Explorer::show(EvaluationPtr evaluation) {
    if (m_shown && !m_selection.layers().empty()) {
        const auto picked = sameLayers(*m_shown, *evaluation, m_selection.layers());
        const auto current = sameLayers(*m_shown, *evaluation, {m_selection.layer()});
        const int fallback = picked.empty() ? -1 : picked.back();
        m_selection.setLayers(picked, current.empty() ? fallback : current[0]);
    }
    m_shown = std::move(evaluation);
    emit evaluated(m_shown, currentEvaluation(Variation{}));
    if (!isUpToDate()) return;
    m_untilOutdated.stop();
    emit outdatedChanged(false);
    emit triedChanged();
}

void Explorer::cancel() {
    m_loading.cancel();
    m_loadingData.cancel();
    m_book.job().cancel();
    m_delay.stop();
    if (!m_evaluating.isRunning()) return;
    m_evaluating.cancel();
    // Back to what is shown: knobs that nothing was computed for would mislead.
    if (m_shown && !isUpToDate()) {
        std::erase_if(m_tried, [](const auto& tried) { return !tried.evaluation; });
        pushKnobs({m_shown->variation, m_shown->device, m_knobs.data}, tr("cancel"));
        finishEdit();
    }
}

const views::TriedVariation* Explorer::triedEntry(const Variation& variation) const {
    for (const views::TriedVariation& entry : m_tried)
        if (entry.variation == variation) return &entry;
    return nullptr;
}

/// The evaluation on the board that is chosen now, null where there is none yet.
EvaluationPtr Explorer::currentEvaluation(const Variation& variation) const {
    const views::TriedVariation* entry = triedEntry(variation);
    return entry && !entry->outdated ? entry->evaluation : nullptr;
}

bool Explorer::isFailed(const Variation& variation) const {
    return std::find(m_failed.begin(), m_failed.end(), variation) != m_failed.end();
}

}  // namespace app
