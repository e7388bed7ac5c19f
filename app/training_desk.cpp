// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training_desk.h"

#include <QStandardPaths>
#include <algorithm>
#include <chrono>

#include "bytes/sha256.h"
#include "data/overlap.h"
#include "engine/plan_training.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr int kPlanDelayMs = 200;
constexpr size_t kShownSamples = 4;
/// A share from which the rest can be estimated, and the seconds that it must have taken.
constexpr double kTellingShare = 0.01, kTellingSeconds = 1;

/// One name for one training: model, knobs and samples decide it.
fs::path stateIn(const fs::path& folder, const types::Graph& graph, const Knobs& knobs) {
    if (folder.empty() || !knobs.data) return {};
    std::string text =
        bytes::sha256(tflite::writeBytes(graph).view()) + transform::variationText(knobs.variation);
    for (const data::Sample& sample : knobs.data->samples)
        text += ' ' + std::to_string(data::contentHash(sample)) + ':' +
                std::to_string(sample.label) + sample.name;
    return folder / bytes::sha256({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
}

types::Result<TrainedVariation> train(const types::GraphPtr& graph, const Knobs& knobs,
                                      engine::TrainingControl control, const types::Work& work) {
    control.state = stateIn(control.state, *graph, knobs);
    const types::Variation variation = knobs.variation.normalized();
    engine::EvaluateOptions options = evaluateOptions(knobs);
    constexpr double kTrainedShare = 0.97;
    auto varied = engine::varyOnData(graph, variation, options.data, work.part(0, kTrainedShare),
                                     control, nullptr, knobs.device);
    if (!varied) return tl::unexpected(varied.error());
    TrainedVariation trained;
    trained.model = std::make_shared<const engine::VariedOnData>(std::move(*varied));
    options.training.done = trained.model;
    auto evaluation = engine::evaluate(graph, variation, knobs.device, options,
                                       work.part(kTrainedShare, 1, "judging"));
    if (!evaluation) return tl::unexpected(evaluation.error());
    trained.evaluation = *evaluation;
    return trained;
}

void removeOldStates(const fs::path& folder) {
    std::error_code problem;
    const auto oldest = fs::file_time_type::clock::now() - std::chrono::hours(24 * 30);
    for (fs::directory_iterator file(folder, problem), end; !problem && file != end;
         file.increment(problem)) {
        std::error_code ignored;
        if (file->last_write_time(ignored) < oldest && !ignored) fs::remove(file->path(), ignored);
    }
}

}  // namespace

TrainingVerbs realTraining() {
    return {[](const types::GraphPtr& graph, const Knobs& knobs) {
                return engine::planTraining(graph, knobs.variation, evaluateOptions(knobs).data);
            },
            [](const types::GraphPtr& graph, const Knobs& knobs) {
                return engine::augmentedSamples(graph, knobs.variation, evaluateOptions(knobs).data,
                                                kShownSamples);
            },
            train};
}

fs::path trainingFolder() {
    const fs::path folder =
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation).toStdString();
    return folder / "trainings";
}

TrainingDesk::TrainingDesk(Explorer& explorer, TrainingVerbs verbs, fs::path stateFolder,
                           QObject* parent)
    : QObject(parent),
      m_explorer(explorer),
      m_verbs(std::move(verbs)),
      m_stateFolder(std::move(stateFolder)) {
    m_untilPlan.setSingleShot(true);
    m_untilPlan.setInterval(kPlanDelayMs);
    connect(&m_untilPlan, &QTimer::timeout, this, &TrainingDesk::plan);
    connect(&m_explorer, &Explorer::knobsChanged, this, [this] { setWatched(m_isWatched); });
    connect(&m_explorer, &Explorer::modelOpened, this, &TrainingDesk::followModel);
    connect(&m_training, &Job::progressed, this, &TrainingDesk::tellShare);
    connect(&m_training, &Job::runningChanged, this, &TrainingDesk::stateChanged);
}

void TrainingDesk::setWatched(bool isWatched) {
    m_isWatched = isWatched;
    if (isWatched)
        m_untilPlan.start();
    else
        m_untilPlan.stop();
}

/// What the user has to do first; empty: nothing.
QString TrainingDesk::obstacle() const {
    if (!m_explorer.graph()) return tr("Open a model first: there is none to train.");
    if (!m_explorer.knobs().data)
        return tr("No data set: training learns from one. Choose it above, under Data.");
    if (!m_explorer.knobs().variation.train.isSet())
        return tr("Set the epochs or a time first: how long to train.");
    return {};
}

void TrainingDesk::plan() {
    // Of the variation, only the knobs of the training matter.
    Knobs asked;
    asked.data = m_explorer.knobs().data;
    asked.variation.train = m_explorer.knobs().variation.train;
    if (m_plannedGraph == m_explorer.graph() && m_planned == asked) return;
    m_plannedGraph = m_explorer.graph();
    m_planned = asked;
    if (!m_explorer.graph() || !asked.data) {
        m_planning.cancel();
        m_drawing.cancel();
        return emit planned({}, obstacle());
    }
    m_planning.start([verb = m_verbs.plan, graph = m_plannedGraph,
                      asked](const types::Work&) { return verb(graph, asked); },
                     [this](const types::Result<types::TrainingPlan>& plan) { answer(plan); });
}

void TrainingDesk::answer(const types::Result<types::TrainingPlan>& plan) {
    if (!plan) return emit planned({}, QString::fromStdString(plan.error().message()));
    emit planned(*plan, obstacle());
    using Samples = std::vector<types::AugmentedSample>;
    m_drawing.start([verb = m_verbs.augment, graph = m_plannedGraph,
                     asked = *m_planned](const types::Work&) { return verb(graph, asked); },
                    [this](const types::Result<Samples>& samples) {
                        emit samplesDrawn(samples.value_or(Samples()));
                    });
}

void TrainingDesk::start() {
    if (const QString missing = obstacle(); !missing.isEmpty()) return emit failed(missing);
    if (isRunning()) return;
    m_graph = m_explorer.graph();
    m_knobs = m_explorer.knobs();
    m_knobs.trained = nullptr;
    m_switch = std::make_shared<JobSwitch>();
    m_progress = {};
    m_workedSeconds = 0;
    m_firstShare = 0;
    m_clock.start();
    const auto verb = [train = m_verbs.train, graph = m_graph, knobs = m_knobs, pause = m_switch,
                       folder = m_stateFolder,
                       this](const types::Work& work, const Job::Tell& tell) {
        const std::lock_guard turn(m_turn);
        std::error_code problem;
        std::filesystem::create_directories(folder, problem);
        removeOldStates(folder);
        engine::TrainingControl control;
        control.state = problem ? std::filesystem::path() : folder;
        control.isFinishAsked = [pause, stop = work.stop] { return pause->isFinishAsked(stop); };
        control.onEpoch = [tell, this](bool ofOriginal, const types::Training& log) {
            tell([this, ofOriginal, log] { tellEpoch(ofOriginal, log); });
        };
        return train(graph, knobs, control, work);
    };
    m_training.start(verb, [this, graph = m_graph](const types::Result<TrainedVariation>& result) {
        receive(graph, result);
    });
    emit stateChanged();
}

void TrainingDesk::setPaused(bool isPaused) {
    if (!isRunning() || isPaused == m_switch->isPaused()) return;
    if (isPaused)
        m_workedSeconds += double(m_clock.elapsed()) / 1000;
    else
        m_clock.restart();
    m_switch->setPaused(isPaused);
    emit stateChanged();
    emit progressed(m_progress);
}

void TrainingDesk::finish() {
    if (!isRunning()) return;
    m_switch->finish();
    emit stateChanged();
}

void TrainingDesk::cancel() {
    m_training.cancel();
}

void TrainingDesk::tellEpoch(bool ofOriginal, const types::Training& log) {
    (ofOriginal ? m_progress.original : m_progress.varied) = log;
    emit progressed(m_progress);
}

void TrainingDesk::tellShare(double share, const QString& step) {
    // A training that goes on from a file begins in the middle.
    if (m_progress.share == 0 && share > 0) {
        m_firstShare = share;
        m_clock.restart();
    }
    m_progress.share = std::max(m_progress.share, share);
    m_progress.step = step;
    const double worked = m_workedSeconds + double(m_clock.elapsed()) / 1000;
    const double done = share - m_firstShare;
    if (!isPaused() && done > kTellingShare && worked > kTellingSeconds)
        m_progress.secondsLeft = worked * (1 - share) / done;
    emit progressed(m_progress);
}

void TrainingDesk::receive(const types::GraphPtr& graph,
                           const types::Result<TrainedVariation>& result) {
    if (!result) {
        if (!result.error().isCancelled())
            emit failed(QString::fromStdString(result.error().message()));
        return;
    }
    if (graph != m_explorer.graph()) return;
    const types::Variation variation = m_knobs.variation.normalized();
    m_explorer.adoptTrained(variation, result->model, result->evaluation);
    emit trained(variation);
}

/// The trained model would belong to a model that is not open any more.
void TrainingDesk::followModel() {
    if (isRunning() && m_graph != m_explorer.graph()) cancel();
}

}  // namespace app
