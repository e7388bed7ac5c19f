// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's section Train, its line in the status bar, and their controller.
#include <QStatusBar>

#include "app/main_window.h"
#include "app/training_desk.h"
#include "views/widgets/knobs/training_panel.h"
#include "views/widgets/knobs/variation_panel.h"

namespace app {

void MainWindow::connectTraining() {
    using views::TrainingPanel;
    m_trainingDesk = new TrainingDesk(m_explorer, realTraining(), trainingFolder(), this);
    TrainingDesk* const desk = m_trainingDesk;
    TrainingPanel* const panel = &m_variationPanel->training();
    connect(panel, &TrainingPanel::shownChanged, desk, &TrainingDesk::setWatched);
    connect(panel, &TrainingPanel::startRequested, desk, &TrainingDesk::start);
    connect(panel, &TrainingPanel::pauseRequested, desk, &TrainingDesk::setPaused);
    connect(panel, &TrainingPanel::finishRequested, desk, &TrainingDesk::finish);
    connect(panel, &TrainingPanel::cancelRequested, desk, &TrainingDesk::cancel);
    connect(desk, &TrainingDesk::planned, panel, &TrainingPanel::setPlan);
    connect(desk, &TrainingDesk::samplesDrawn, panel, &TrainingPanel::setSamples);
    connect(desk, &TrainingDesk::failed, this, &MainWindow::addMessage);
    connect(desk, &TrainingDesk::stateChanged, this, &MainWindow::showTrainingState);
    connect(
        desk, &TrainingDesk::progressed, this,
        [this, desk, panel](const views::TrainingProgress& progress) {
            panel->setProgress(progress, desk->variation().train);
            m_training->setText(views::progressBrief(progress, desk->isPaused()));
            m_training->setAccessibleName(m_training->text());
            m_training->setToolTip(QString::fromStdString(desk->variation().normalized().label()));
        });
    connect(desk, &TrainingDesk::trained, this, [this](const types::Variation& variation) {
        const QString text = m_explorer.wanted() == variation
                                 ? tr("%1 is trained; undo shows it untrained")
                                 : tr("%1 is trained: it is in the list of variations");
        statusBar()->showMessage(text.arg(QString::fromStdString(variation.label())), 10000);
    });
    connect(&m_explorer.feed(), &views::EvaluationFeed::evaluated, panel,
            [this, panel] { panel->setEvaluation(m_explorer.shown()); });
    connect(m_training, &QToolButton::clicked, m_variationPanel,
            &views::VariationPanel::showTraining);
}

void MainWindow::showTrainingState() {
    using State = views::TrainingPanel::State;
    const TrainingDesk& desk = *m_trainingDesk;
    m_variationPanel->training().setState(desk.isPaused()    ? State::Paused
                                          : desk.isRunning() ? State::Running
                                                             : State::Idle);
    m_training->setText(desk.isRunning() ? tr("Training") : QString());
    m_training->setVisible(desk.isRunning());
}

}  // namespace app
