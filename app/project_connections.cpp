// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's project: its title, saving and closing, and the offer of what was left behind.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QStatusBar>

#include "app/duty_settings.h"
#include "app/main_window.h"
#include "app/pages.h"
#include "app/project_desk.h"
#include "app/training_desk.h"
#include "views/widgets/recovery_bar.h"

namespace app {
namespace {

QString offerText(const LeftWork& left) {
    const QString time = QLocale().toString(left.time, QLocale::ShortFormat);
    if (left.contents.isEmpty())
        return QObject::tr("Unsaved work on %1 from %2.").arg(left.name, time);
    return QObject::tr("Unsaved work on %1 from %2: %3.").arg(left.name, time, left.contents);
}

/// Beside the model, or among the user's documents where the model lies in a folder of the system.
QString proposedProject(const QFileInfo& model) {
    const QFileInfo folder(model.absolutePath());
    const QString place = folder.isWritable()
                              ? folder.filePath()
                              : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(place).filePath(model.completeBaseName() + '.' + kProjectEnding);
}

}  // namespace

void MainWindow::connectProject() {
    m_project = new ProjectDesk(m_explorer, journalFolder(), this);
    connect(m_project, &ProjectDesk::failed, this, &MainWindow::addMessage);
    connect(m_project, &ProjectDesk::stateChanged, this, &MainWindow::showProject);
    connect(m_project, &ProjectDesk::leftChanged, this, &MainWindow::showLeft);
    connect(m_project, &ProjectDesk::discarded, this, [this](const QString& name) {
        if (!m_project->left().empty()) return;
        m_recovery->offerUndo(
            tr("Unsaved work on %1 is discarded when this window is closed.").arg(name));
    });
    connect(m_recovery, &views::RecoveryBar::recoverRequested, m_project, &ProjectDesk::recover);
    connect(m_recovery, &views::RecoveryBar::discardRequested, m_project, &ProjectDesk::discard);
    connect(m_recovery, &views::RecoveryBar::undoRequested, m_project, &ProjectDesk::undoDiscard);
    connect(m_tabs, &QTabWidget::currentChanged, &m_explorer,
            [this](int index) { m_explorer.setPage(pages()[static_cast<size_t>(index)].name); });
    connect(&m_explorer, &Explorer::pageChanged, this, &MainWindow::showPage);
    m_explorer.setPage(pages()[static_cast<size_t>(m_tabs->currentIndex())].name);
    connect(&m_explorer, &Explorer::knobsChanged, this, [](const Knobs& knobs) {
        // Written at once, for a window may end at any moment.
        QSettings settings;
        const QString board = knobs.device ? QString::fromStdString(knobs.device->id) : QString();
        if (!board.isEmpty() && settings.value("board") != board) settings.setValue("board", board);
        if (!(rememberedDuty() == knobs.duty)) rememberDuty(knobs.duty);
    });
}

void MainWindow::lookForLeftWork() {
    m_project->lookForLeft();
}

void MainWindow::showProject() {
    setWindowTitle(tr("%1 — Netcaliper").arg(m_project->title()));
}

void MainWindow::showLeft() {
    const std::vector<LeftWork>& left = m_project->left();
    if (left.empty()) return m_recovery->hide();
    m_recovery->offer(offerText(left.front()), static_cast<int>(left.size()) - 1);
}

/// Asks for a name only where the project has no file of its own.
void MainWindow::saveProject(bool asksForName) {
    if (!m_explorer.graph()) return addMessage(tr("nothing to save: open a model first"));
    const QFileInfo opened(m_explorer.path());
    const bool isProject = opened.suffix() == kProjectEnding;
    QString path = opened.filePath();
    if (asksForName || !isProject || !m_project->hasFile()) {
        path = QFileDialog::getSaveFileName(this, tr("Save project"), proposedProject(opened),
                                            tr("Netcaliper projects (*.netcaliper)"));
        if (path.isEmpty()) return;
        if (QFileInfo(path).suffix() != kProjectEnding) path += QString('.') + kProjectEnding;
    }
    m_project->save(path);
}

/// Unsaved work is kept for the next start, so that nothing is asked. Where it cannot be kept, or a
/// training is running, the user decides; false: the window stays open, or closes when it is saved.
bool MainWindow::mayClose() {
    const bool isTraining = m_trainingDesk->isRunning();
    const bool isKept = m_project->finish();
    if (!isTraining && isKept) return true;
    QMessageBox question(QMessageBox::Question, tr("Netcaliper"),
                         isKept ? tr("A training is running. Started again with the same knobs "
                                     "and data, it goes on from here.")
                                : tr("What was done is in no file, and could not be kept: %1")
                                      .arg(m_project->problem()),
                         QMessageBox::Discard | QMessageBox::Cancel, this);
    question.setObjectName("mayClose");
    if (isKept)
        question.button(QMessageBox::Discard)->setText(tr("Quit"));
    else
        question.addButton(QMessageBox::Save);
    const int answer = question.exec();
    if (answer == QMessageBox::Save) closeWhenSaved();
    return answer == QMessageBox::Discard;
}

void MainWindow::closeWhenSaved() {
    saveProject(false);
    if (!m_explorer.isBusy()) return;  // the user gave no name
    auto* once = new QObject(this);
    connect(&m_explorer, &Explorer::failed, once, &QObject::deleteLater);
    connect(&m_explorer, &Explorer::projectSaved, once, [this, once] {
        once->deleteLater();
        close();
    });
}

}  // namespace app
