// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/explorer.h"

#include <algorithm>
#include <filesystem>

#include "app/knob_command.h"
#include "cost/power.h"
#include "data/dataset_beside.h"
#include "engine/evaluate.h"
#include "onnx/open_model.h"
#include "tflite/read.h"
#include "views/number_format.h"

namespace app {
namespace {

using types::EvaluationPtr;
using types::Variation;

constexpr int kEditDelayMs = 30;
constexpr int kPatienceMs = 200;  ///< a faster evaluation may finish during a drag
constexpr int kOutdatedMs = 150;  ///< shorter waits are not worth dimming for

/// Names the undo step after the moved knob.
QString editText(const Variation& before, const Variation& after) {
    if (before.width != after.width) return QObject::tr("width %1").arg(after.width, 0, 'g', 4);
    if (before.channelMultiple != after.channelMultiple)
        return QObject::tr("rounding to %1").arg(after.channelMultiple);
    if (before.prune.channels != after.prune.channels)
        return QObject::tr("pruning %1")
            .arg(views::percentText(100 * after.prune.channels, 'g', 3));
    if (before.prune.weights != after.prune.weights)
        return QObject::tr("zeros %1").arg(views::percentText(100 * after.prune.weights, 'g', 3));
    if (before.quantize.precision != after.quantize.precision)
        return QObject::tr("precision %1").arg(types::precisionName(after.quantize.precision));
    if (before.layers != after.layers) return QObject::tr("knobs of layers");
    if (before.inputSize != after.inputSize) return QObject::tr("input size");
    if (!(before.rewrite == after.rewrite)) return QObject::tr("rewrites");
    if (!(before.train == after.train)) return QObject::tr("how it is trained");
    if (!(before.schedule == after.schedule)) return QObject::tr("schedule");
    return QObject::tr("how it is varied");
}

/// Maps the layers of one evaluation to those of another, by their index in the model as opened.
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

/// Cost over time, at the user's period.
std::optional<types::DutyCost> dutyCostOf(const types::DutyCycle& duty,
                                          const types::Evaluation& evaluation) {
    if (duty.periodMs <= 0 || !evaluation.device) return std::nullopt;
    return cost::dutyCost(duty, *evaluation.device, evaluation.totals.latencyUs,
                          evaluation.totals.energyUj);
}

}  // namespace

EngineVerbs realEngine() {
    return {[](const QString& path) { return onnx::openModel(path.toStdString()); },
            [](const types::GraphPtr& graph, const QString& name) {
                return tflite::readBytes(graph->original, graph->name, name.toStdString());
            },
            [](const QString& path) { return app::readProject(path.toStdString()); },
            [](const Project& project, const QString& path) {
                return app::writeProject(project, path.toStdString());
            },
            [](const QString& path) -> types::Result<data::DatasetPtr> {
                auto dataset = data::readDataset(std::filesystem::path(path.toStdString()));
                if (!dataset) return tl::unexpected(dataset.error());
                return std::make_shared<const data::Dataset>(std::move(*dataset));
            },
            [](const QString& modelPath) {
                const auto beside = data::datasetBeside(modelPath.toStdString());
                return beside ? QString::fromStdString(beside->string()) : QString();
            },
            [](const types::GraphPtr& graph, const Knobs& knobs, const types::Work& work) {
                return engine::evaluate(graph, knobs.effective(), knobs.device,
                                        evaluateOptions(knobs), work);
            },
            [](const types::GraphPtr& graph, const Knobs& knobs, const types::Work& work) {
                search::SmallestChangeOptions options;
                options.runtime = types::runtimeOf(*knobs.device);
                options.mayReorder = false;  // there is no knob for it
                options.evaluate = evaluateOptions(knobs);
                return search::findSmallestChange(graph, knobs.effective(), knobs.device, options,
                                                  work);
            }};
}

engine::EvaluateOptions evaluateOptions(const Knobs& knobs) {
    engine::EvaluateOptions options;
    options.data.dataset = knobs.data;
    options.data.evaluation = scoring::EvaluationSamples::TestPart;
    options.training.done = knobs.trained;
    return options;
}

Variation Knobs::effective() const {
    Variation shown = variation;
    if (!trained) shown.train = {};
    return shown.normalized();
}

void Knobs::choose(const Variation& effective, const engine::VariedPtr& model) {
    const types::TrainKnobs toCome = variation.train;
    variation = effective;
    if (!effective.train.isSet()) variation.train = toCome;
    trained = model;
}

bool Knobs::matchesBoardAndData(const types::Evaluation& evaluation) const {
    const std::string path = data ? data->path.string() : std::string();
    return evaluation.device == device && evaluation.datasetPath == path;
}

Explorer::Explorer(std::vector<types::DevicePtr> devices, EngineVerbs engine, QObject* parent)
    : QObject(parent), m_devices(std::move(devices)), m_engine(std::move(engine)) {
    if (!m_devices.empty()) m_knobs.device = m_devices.front();
    m_knownDevices = m_devices;
    m_delay.setSingleShot(true);
    m_untilOutdated.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &Explorer::pursue);
    connect(&m_untilOutdated, &QTimer::timeout, this, [this] { m_feed.setOutdated(true); });
    connect(&m_book, &SessionBook::failed, this, &Explorer::failed);
    for (Job* job :
         {&m_loading, &m_loadingData, &m_saving, &m_evaluating, &m_fitting, &m_book.job()}) {
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

void Explorer::addDevice(const types::DevicePtr& device) {
    const auto same = std::find_if(m_devices.begin(), m_devices.end(),
                                   [&](const auto& other) { return other->id == device->id; });
    const bool isChosen = same != m_devices.end() && *same == m_knobs.device;
    if (same == m_devices.end())
        m_devices.push_back(device);
    else
        *same = device;
    emit devicesChanged();
    if (isChosen) chooseDevice(device);
}

bool Explorer::isUpToDate() const {
    return shown() && shown()->variation == wanted() && m_knobs.matchesBoardAndData(*shown());
}

void Explorer::editVariation(const Variation& variation) {
    // Without a model there is nothing to vary: the control is reset.
    if (!m_graph) return emit knobsChanged(m_knobs);
    if (variation == m_knobs.variation) return;
    Knobs next = m_knobs;
    next.variation = variation;
    next.trained = trainedModel(variation.normalized());
    pushKnobs(next, editText(m_knobs.variation, variation));
}

void Explorer::chooseVariation(const Variation& variation) {
    if (!m_graph || variation == wanted()) return;
    finishEdit();
    Knobs next = m_knobs;
    next.choose(variation, trainedModel(variation));
    pushKnobs(next, tr("return to %1").arg(QString::fromStdString(variation.label())));
    finishEdit();
}

void Explorer::chooseDevice(const types::DevicePtr& device) {
    if (device == m_knobs.device) return;
    finishEdit();
    Knobs next = m_knobs;
    next.device = device;
    pushKnobs(next, tr("board %1").arg(device ? QString::fromStdString(device->name) : tr("none")));
    finishEdit();
}

void Explorer::setDuty(const types::DutyCycle& duty) {
    if (duty == m_knobs.duty) return;
    finishEdit();
    Knobs next = m_knobs;
    next.duty = duty;
    pushKnobs(next, tr("duty cycle"));
    finishEdit();
}

void Explorer::pushKnobs(const Knobs& knobs, const QString& text) {
    m_undo.push(new KnobCommand(*this, m_knobs, knobs, text, m_editGroup));
}

void Explorer::finishEdit() {
    ++m_editGroup;
    keepNewest();
}

void Explorer::keepNewest() {
    const Variation variation = wanted();
    if (!m_graph || triedEntry(variation) || isFailed(variation)) return;
    m_tried.push_back({variation, isUpToDate() ? shown() : nullptr, false});
    publishTried();
}

void Explorer::setKnobs(const Knobs& knobs) {
    const bool isEvaluatedAnew = knobs.device != m_knobs.device || knobs.data != m_knobs.data;
    const bool isUsedAnew = knobs.duty != m_knobs.duty;
    // The variation from which it searches is no longer the user's.
    if (isEvaluatedAnew || !(knobs.variation == m_knobs.variation)) m_fitting.cancel();
    m_knobs = knobs;
    m_feed.points().setConditions(conditions());
    if (m_knobs.trained) rememberTrained(wanted(), m_knobs.trained);
    if (isEvaluatedAnew) {
        m_failed.clear();
        m_evaluating.cancel();
        for (views::TriedVariation& entry : m_tried)
            entry.outdated = entry.evaluation && !knobs.matchesBoardAndData(*entry.evaluation);
    }
    if (isUsedAnew && shown()) m_feed.setDutyCost(dutyCostOf(m_knobs.duty, *shown()));
    emit knobsChanged(m_knobs);
    publishTried();
    schedule();
}

void Explorer::schedule() {
    if (!m_graph) return;
    if (const EvaluationPtr known = currentEvaluation(wanted())) show(known);
    if (!isUpToDate() && !m_untilOutdated.isActive()) m_untilOutdated.start(kOutdatedMs);
    if (!m_delay.isActive()) m_delay.start(kEditDelayMs);
}

/// The newest variation first, then the list in its order, which begins with the original, because
/// changes are shown relative to it.
std::optional<Variation> Explorer::mostWanted() const {
    const auto isMissing = [this](const Variation& variation) {
        return !currentEvaluation(variation) && !isFailed(variation);
    };
    if (!isUpToDate() && isMissing(wanted())) return wanted();
    for (const views::TriedVariation& entry : m_tried)
        if (!entry.marks.isDeleted && isMissing(entry.variation)) return entry.variation;
    return std::nullopt;
}

void Explorer::pursue() {
    if (!m_graph) return;
    const auto next = mostWanted();
    if (!next) return;
    if (m_evaluating.isRunning()) {
        const bool isQuick = m_runningSince.elapsed() < kPatienceMs;
        if (isQuick || *next == m_running) return;
    }
    start(*next);
}

void Explorer::start(const Variation& variation) {
    m_running = variation;
    m_runningSince.start();
    Knobs knobs = m_knobs;
    knobs.choose(variation, trainedModel(variation));
    const auto verb = [engine = m_engine, graph = m_graph, knobs](const types::Work& work) {
        return engine.evaluate(graph, knobs, work);
    };
    m_evaluating.start(verb, [this, variation](const types::Result<EvaluationPtr>& result) {
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
    if (entry != m_tried.end()) {
        entry->evaluation = *result;
        entry->outdated = false;
    }
    // Intermediate results of a drag are shown, too; those of other entries only fill the list.
    const bool isOnTheWay = entry == m_tried.end();
    const bool isNewest = variation == wanted();
    if (isNewest || isOnTheWay)
        show(*result);
    else if (variation == Variation{} && shown())
        show(shown());
    publishTried();
    pursue();
}

void Explorer::refuse(const Variation& variation, const types::Error& error) {
    m_failed.push_back(variation);
    std::erase_if(m_tried, [&](const auto& tried) {
        return tried.variation == variation && !tried.evaluation;
    });
    publishTried();
    if (!error.isCancelled()) emit failed(QString::fromStdString(error.message()));
}

void Explorer::show(EvaluationPtr evaluation) {
    if (shown() && !m_selection.layers().empty()) {
        const auto picked = sameLayers(*shown(), *evaluation, m_selection.layers());
        const auto current = sameLayers(*shown(), *evaluation, {m_selection.layer()});
        const int fallback = picked.empty() ? -1 : picked.back();
        m_selection.setLayers(picked, current.empty() ? fallback : current[0]);
    }
    const auto cost = dutyCostOf(m_knobs.duty, *evaluation);
    m_feed.setEvaluation(std::move(evaluation), currentEvaluation(Variation{}), cost);
    if (!isUpToDate()) return;
    m_untilOutdated.stop();
    publishTried();
}

void Explorer::cancel() {
    m_loading.cancel();
    m_loadingData.cancel();
    m_book.job().cancel();
    m_fitting.cancel();
    m_delay.stop();
    if (!m_evaluating.isRunning()) return;
    m_evaluating.cancel();
    // Returns to the shown variation: knobs without a result would mislead.
    if (shown() && !isUpToDate()) {
        std::erase_if(m_tried, [](const auto& tried) { return !tried.evaluation; });
        Knobs next = m_knobs;
        next.choose(shown()->variation, trainedModel(shown()->variation));
        next.device = shown()->device;
        pushKnobs(next, tr("cancel"));
        finishEdit();
    }
}

const views::TriedVariation* Explorer::triedEntry(const Variation& variation) const {
    for (const views::TriedVariation& entry : m_tried)
        if (entry.variation == variation) return &entry;
    return nullptr;
}

/// Returns the evaluation on the present board; null where there is none yet.
EvaluationPtr Explorer::currentEvaluation(const Variation& variation) const {
    const views::TriedVariation* entry = triedEntry(variation);
    return entry && !entry->outdated ? entry->evaluation : nullptr;
}

bool Explorer::isFailed(const Variation& variation) const {
    return std::find(m_failed.begin(), m_failed.end(), variation) != m_failed.end();
}

}  // namespace app
