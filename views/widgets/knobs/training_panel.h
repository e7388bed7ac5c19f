// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingPanel: the training that the knobs ask for, under these knobs. Before it starts: the
// samples that serve each purpose, what augmentation makes of some, the memory, or why it cannot
// start. While it runs: progress, curves, and the buttons that hold, end or drop it. Afterwards:
// the curves and the quality beside the original's, trained alike. It decides nothing.

#include <QWidget>
#include <optional>
#include <vector>

#include "types/evaluation.h"
#include "types/training_plan.h"
#include "views/models/training_text.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace views {

class SampleStrip;
class TrainingPlot;

class TrainingPanel : public QWidget {
    Q_OBJECT

public:
    enum class State { Idle, Running, Paused };

    explicit TrainingPanel(QWidget* parent = nullptr);

    /// `problem`: why a training cannot start, in a sentence; empty: it can.
    void setPlan(const std::optional<types::TrainingPlan>& plan, const QString& problem);
    /// Some samples, before and after augmentation; empty: none are varied.
    void setSamples(std::vector<types::AugmentedSample> samples);
    void setState(State state);
    void setProgress(const TrainingProgress& progress, const types::TrainKnobs& knobs);
    /// The shown evaluation, whose training and quality are displayed while nothing runs.
    void setEvaluation(const types::EvaluationPtr& evaluation);

signals:
    void startRequested();
    void pauseRequested(bool isPaused);
    /// End with the best so far.
    void finishRequested();
    void cancelRequested();
    /// The plan is needed only while it can be seen.
    void shownChanged(bool isShown);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QLabel* addText(QVBoxLayout& column);
    void buildButtons(QVBoxLayout& column);
    void buildCurves(QVBoxLayout& column);
    void showCurves(const types::Training& original, const types::Training& varied);
    void showResult();

    State m_state = State::Idle;
    types::EvaluationPtr m_evaluation;
    QLabel *m_parts, *m_classes, *m_facts, *m_problem, *m_progress, *m_result, *m_legend;
    SampleStrip* m_samples;
    QPushButton *m_start, *m_pause, *m_finish, *m_cancel;
    QProgressBar* m_bar;
    TrainingPlot *m_loss, *m_accuracy;
};

}  // namespace views
