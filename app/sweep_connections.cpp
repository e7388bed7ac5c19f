// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's sweep bar and its controller.
#include <QStatusBar>

#include "app/main_window.h"
#include "app/sweep_desk.h"
#include "views/widgets/pages/tradeoff_page.h"
#include "views/widgets/sweep_bar.h"

namespace app {
namespace {

views::SweepBar::State stateOf(const SweepProgress& progress) {
    using State = views::SweepBar::State;
    if (progress.isRunning) return State::Running;
    return progress.isPaused ? State::Paused : State::Idle;
}

}  // namespace

void MainWindow::connectSweeps() {
    using views::SweepBar;
    auto* const desk = new SweepDesk(m_explorer, sweepFolder(), this);
    auto* const bar = &page<views::TradeoffPage>().sweepBar();
    connect(bar, &SweepBar::choiceChanged, desk, &SweepDesk::plan);
    connect(bar, &SweepBar::startRequested, desk, &SweepDesk::start);
    connect(bar, &SweepBar::pauseRequested, desk, &SweepDesk::pause);
    connect(desk, &SweepDesk::planned, bar, &SweepBar::setPlan);
    connect(desk, &SweepDesk::failed, this, &MainWindow::addMessage);
    const auto show = [this, bar](const SweepProgress& progress) {
        bar->setState(stateOf(progress), progress.share, progress.text);
        if (!progress.isRunning && !progress.isPaused && progress.share >= 1)
            statusBar()->showMessage(tr("Sweep: %1").arg(progress.text), 10000);
    };
    connect(desk, &SweepDesk::progressed, bar, show);
    connect(desk, &SweepDesk::found, bar,
            [bar, show](const views::SweepChoice& choice, const SweepProgress& progress) {
                bar->setChoice(choice);
                show(progress);
            });
    // The number of variations follows from the model, their time from board and data.
    connect(&m_explorer, &Explorer::modelOpened, bar, &SweepBar::askAgain);
    connect(&m_explorer, &Explorer::devicesChanged, bar, &SweepBar::askAgain);
}

}  // namespace app
