// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingDesk: plans and carries out the training that the knobs ask for, and hands the trained
// model to Explorer. Nothing trains unless start() is called; the training then goes on with the
// knobs as they were, whatever the user tries meanwhile, until its model is closed.
//
// What a training has learned is written to a file every half minute: the same training goes on
// from there when it is started again, after a cancel, a crash or a power cut.
//
// Thread rules: the GUI thread only; the work runs in Jobs.

#include <QElapsedTimer>
#include <QTimer>
#include <memory>
#include <mutex>
#include <optional>

#include "app/explorer.h"
#include "types/augmented_sample.h"
#include "types/training_plan.h"
#include "views/models/training_text.h"

namespace app {

struct TrainedVariation {
    engine::VariedPtr model;
    types::EvaluationPtr evaluation;  ///< on the board and data of the training
};

/// The engine functions that TrainingDesk calls; tests replace them.
struct TrainingVerbs {
    std::function<types::Result<types::TrainingPlan>(const types::GraphPtr&, const Knobs&)> plan;
    std::function<types::Result<std::vector<types::AugmentedSample>>(const types::GraphPtr&,
                                                                     const Knobs&)>
        augment;
    /// `control.state` names a folder.
    std::function<types::Result<TrainedVariation>(const types::GraphPtr&, const Knobs&,
                                                  const engine::TrainingControl& control,
                                                  const types::Work&)>
        train;
};
TrainingVerbs realTraining();

/// Where unfinished trainings are kept; those of a month ago are removed.
std::filesystem::path trainingFolder();

class TrainingDesk : public QObject {
    Q_OBJECT

public:
    explicit TrainingDesk(Explorer& explorer, TrainingVerbs verbs = realTraining(),
                          std::filesystem::path stateFolder = trainingFolder(),
                          QObject* parent = nullptr);

    /// Plans are made while someone looks at them.
    void setWatched(bool isWatched);
    bool isRunning() const { return m_training.isRunning(); }
    bool isPaused() const { return isRunning() && m_switch->isPaused(); }
    /// The variation in training, with its knobs.
    const types::Variation& variation() const { return m_knobs.variation; }

public slots:
    void start();
    void setPaused(bool isPaused);
    /// Ends the training with its best so far.
    void finish();
    void cancel();

signals:
    /// `problem`: why nothing can be trained now, in a sentence; empty: it can.
    void planned(const std::optional<types::TrainingPlan>& plan, const QString& problem);
    void samplesDrawn(const std::vector<types::AugmentedSample>& samples);
    /// Running, paused, or over.
    void stateChanged();
    void progressed(const views::TrainingProgress& progress);
    void trained(const types::Variation& variation);
    void failed(const QString& message);

private:
    void plan();
    QString obstacle() const;
    void answer(const types::Result<types::TrainingPlan>& plan);
    void tellEpoch(bool ofOriginal, const types::Training& log);
    void tellShare(double share, const QString& step);
    void receive(const types::GraphPtr& graph, const types::Result<TrainedVariation>& result);
    void followModel();

    Explorer& m_explorer;
    TrainingVerbs m_verbs;
    std::filesystem::path m_stateFolder;
    bool m_isWatched = false;
    QTimer m_untilPlan;
    /// One training at a time: the next goes on from the state that a cancelled one still writes.
    std::mutex m_turn;
    Job m_planning, m_drawing, m_training;
    std::optional<Knobs> m_planned;  ///< what the last plan depends on
    types::GraphPtr m_plannedGraph;
    types::GraphPtr m_graph;  ///< in training
    Knobs m_knobs;            ///< of the training
    std::shared_ptr<JobSwitch> m_switch;
    views::TrainingProgress m_progress;
    QElapsedTimer m_clock;       ///< since the first share, or since it was resumed
    double m_workedSeconds = 0;  ///< before the last pause
    double m_firstShare = 0;
};

}  // namespace app
