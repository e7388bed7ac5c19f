// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's menus, tool bar and their dialogs.
#include <QAbstractItemView>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLayout>
#include <QMenuBar>
#include <QSettings>
#include <QStatusBar>
#include <QToolBar>

#include "app/export_desk.h"
#include "app/help_window.h"
#include "app/main_window.h"
#include "app/measured_graphs.h"
#include "app/pages.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/fit_badge.h"
#include "views/widgets/layer_search.h"
#include "views/widgets/pages/layers_page.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/svg_icon.h"

namespace app {

void MainWindow::buildActions() {
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildMeasureMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    m_open = menu->addAction(views::svgIcon("open"), tr("&Open…"), this, &MainWindow::openByDialog,
                             QKeySequence::Open);
    m_recent = new RecentFiles(this);
    menu->addMenu(m_recent);
    connect(m_recent, &RecentFiles::chosen, &m_explorer, &Explorer::openModel);
    menu->addAction(
        tr("Choose &data folder…"), this, [this] { openDataByDialog(true); },
        QKeySequence("Ctrl+D"));
    menu->addAction(tr("Choose data &file…"), this, [this] { openDataByDialog(false); });
    menu->addAction(
        tr("&Reload"), this,
        [this] {
            if (!m_explorer.path().isEmpty()) m_explorer.openModel(m_explorer.path());
        },
        QKeySequence(Qt::Key_F5));
    menu->addSeparator();
    menu->addAction(
        tr("&Save project"), this, [this] { saveProject(false); }, QKeySequence::Save);
    menu->addAction(
        tr("Save project &as…"), this, [this] { saveProject(true); }, QKeySequence("Ctrl+Shift+S"));
    // Ctrl+E is the shortcut of the page.
    m_export = menu->addAction(views::svgIcon("export"), tr("&Export…"), this,
                               [this] { showPage("export"); });
    m_export->setEnabled(false);
    QAction* const report = menu->addAction(
        tr("Save a &report…"), this, [this] { m_exportDesk->save("report-pdf"); },
        QKeySequence("Ctrl+Shift+E"));
    report->setEnabled(false);
    connect(m_export, &QAction::changed, report,
            [this, report] { report->setEnabled(m_export->isEnabled()); });
    menu->addSeparator();
    menu->addAction(tr("&Quit"), this, &QWidget::close, QKeySequence("Ctrl+Q"));
}

void MainWindow::buildEditMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    m_undo = m_explorer.undoStack().createUndoAction(this, tr("Undo"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_undo->setIcon(views::svgIcon("undo"));
    m_undo->setIconText(tr("Undo"));
    m_redo = m_explorer.undoStack().createRedoAction(this, tr("Redo"));
    m_redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
    m_redo->setIcon(views::svgIcon("redo"));
    m_redo->setIconText(tr("Redo"));
    menu->addAction(m_undo);
    menu->addAction(m_redo);
    menu->addSeparator();
    menu->addAction(tr("&Make it fit the board"), &m_explorer, &Explorer::makeItFit,
                    QKeySequence("Ctrl+Shift+M"));
    menu->addSeparator();
    m_search = new views::LayerSearch(m_explorer.feed());
    menu->addAction(tr("&Go to layer"), m_search, &views::LayerSearch::startSearch,
                    QKeySequence("Ctrl+K"));
    menu->addAction(
        tr("&Filter layers"), this,
        [this] {
            auto& layers = page<views::LayersPage>();
            m_tabs->setCurrentWidget(&layers);
            layers.focusFilter();
        },
        QKeySequence::Find);
}

void MainWindow::buildViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (int page = 0; page < m_tabs->count(); ++page)
        menu->addAction(
            m_tabs->tabText(page), this, [this, page] { m_tabs->setCurrentIndex(page); },
            shortcutOfPage(page));
    menu->addSeparator();
    for (QDockWidget* dock : findChildren<QDockWidget*>())
        menu->addAction(dock->toggleViewAction());
    menu->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
    menu->addSeparator();

    QMenu* colors = menu->addMenu(tr("&Colours"));
    auto* group = new QActionGroup(this);
    const Appearance current = appearanceFrom(QSettings().value("appearance").toString());
    const std::pair<Appearance, QString> choices[] = {{Appearance::System, tr("As the &system")},
                                                      {Appearance::Light, tr("&Light")},
                                                      {Appearance::Dark, tr("&Dark")}};
    for (const auto& [appearance, text] : choices) {
        QAction* action = colors->addAction(text);
        action->setCheckable(true);
        action->setChecked(appearance == current);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, appearance = appearance] { setAppearance(appearance); });
    }
    menu->addAction(
        tr("&Full screen"), this, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); },
        QKeySequence(Qt::Key_F11));
}

void MainWindow::buildMeasureMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Measure"));
    for (const MeasureTarget& target : measureTargets()) {
        const bool isHost = target.name == "host";
        QAction* action =
            menu->addAction(isHost ? tr("On &this machine") : tr("On %1").arg(target.describes),
                            this, [this, name = target.name] { measureOn(name); });
        if (isHost) action->setShortcut(QKeySequence("Ctrl+M"));
    }
    menu->addSeparator();
    menu->addAction(tr("&Import a log…"), this, &MainWindow::importByDialog,
                    QKeySequence("Ctrl+I"));
}

void MainWindow::buildHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(
        tr("&Shortcuts and definitions"), this, [this] { showHelp(*this); },
        QKeySequence::HelpContents);
    menu->addAction(tr("&About Netcaliper"), this, [this] { showAbout(*this); });
}

void MainWindow::buildToolBar() {
    QToolBar* bar = addToolBar(tr("Tools"));
    bar->setObjectName("tools");
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(18, 18));
    bar->layout()->setContentsMargins(4, 2, 4, 2);
    m_board = new views::BoardChooser;
    m_board->setAccessibleName(tr("Board"));
    m_board->setMinimumContentsLength(22);
    m_flashBadge = new views::FitBadge(tr("Flash"));
    m_sramBadge = new views::FitBadge(tr("SRAM"));
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addAction(m_open);
    bar->addSeparator();
    bar->addAction(m_undo);
    bar->addAction(m_redo);
    bar->addSeparator();
    bar->addWidget(new QLabel(tr("  Board  ")));
    bar->addWidget(m_board);
    bar->addWidget(m_flashBadge);
    bar->addWidget(m_sramBadge);
    bar->addWidget(space);
    bar->addWidget(m_search);
    bar->addSeparator();
    bar->addAction(m_export);
}

void MainWindow::setAppearance(Appearance appearance) {
    QSettings().setValue("appearance", appearanceName(appearance));
    applyAppearance(appearance);
}

void MainWindow::openByDialog() {
    const QString directory = QFileInfo(m_explorer.path()).absolutePath();
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a model"), directory,
                                     tr("Models and projects (*.tflite *.onnx *.netcaliper);;All "
                                        "files (*)"));
    if (!path.isEmpty()) m_explorer.openModel(path);
}

void MainWindow::openDataByDialog(bool isFolder) {
    const QString directory = QFileInfo(m_explorer.path()).absolutePath();
    const QString path =
        isFolder ? QFileDialog::getExistingDirectory(this, tr("Choose a folder of data"), directory)
                 : QFileDialog::getOpenFileName(
                       this, tr("Choose a file of data"), directory,
                       tr("Samples (*.npz *.npy *.csv *ubyte *ubyte.gz);;All files (*)"));
    if (!path.isEmpty()) m_explorer.openData(path);
}

SessionSubject MainWindow::subject() const {
    const std::vector<types::EvaluationPtr> models = knownModels(m_explorer);
    return {m_explorer.graph(), m_explorer.knobs().device,
            models.empty() ? std::string() : models.front()->modelSha256};
}

void MainWindow::importByDialog() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Import a log, report or trace"),
                                                      QFileInfo(m_explorer.path()).absolutePath(),
                                                      tr("All files (*)"));
    if (!path.isEmpty()) m_explorer.sessionBook().import(path, subject());
}

void MainWindow::measureOn(const QString& target) {
    if (!m_explorer.isUpToDate())
        return addMessage(
            tr("the newest variation is still being evaluated: measure it when it "
               "is done"));
    const types::EvaluationPtr& shown = m_explorer.shown();
    const QString label = QString::fromStdString(shown->variation.label());
    m_explorer.sessionBook().measure(
        target, {shown->graph, m_explorer.knobs().device, shown->modelSha256}, label);
    m_tabs->setCurrentWidget(&page<views::SessionsPage>());
}

/// Opens models and projects; folders of samples and arrays are data, all others logs.
void MainWindow::openDropped(const QString& path) {
    const QFileInfo file(path);
    const QString ending = file.suffix().toLower();
    if (ending == "tflite" || ending == "onnx" || ending == kProjectEnding)
        return m_explorer.openModel(path);
    const bool isArray = ending == "npz" || ending == "npy" || file.fileName().contains("-ubyte");
    if (isArray || file.isDir()) return m_explorer.openData(path);
    m_explorer.sessionBook().import(path, subject());
    m_tabs->setCurrentWidget(&page<views::SessionsPage>());
}

}  // namespace app
