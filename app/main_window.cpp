// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QStatusBar>
#include <QTabBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "app/diff_desk.h"
#include "app/pages.h"
#include "views/widgets/fit_badge.h"
#include "views/widgets/input_habits.h"
#include "views/widgets/knobs/variation_panel.h"
#include "views/widgets/layer_search.h"
#include "views/widgets/message_bar.h"
#include "views/widgets/page_rail.h"
#include "views/widgets/recovery_bar.h"
#include "views/widgets/selection_panel.h"
#include "views/widgets/svg_icon.h"
#include "views/widgets/variations_panel.h"

namespace app {
namespace {

/// Increase it when docks change, so that an older stored layout is not applied.
constexpr int kLayoutVersion = 3;
const QSize kFirstSize(1280, 800);
/// A narrower window has a rail of icons alone.
constexpr int kNarrow = 1200;
constexpr int kLeastPage = 600;

}  // namespace

MainWindow::MainWindow(Explorer& explorer, QWidget* parent)
    : QMainWindow(parent), m_explorer(explorer) {
    setWindowTitle(tr("Netcaliper"));
    setWindowIcon(views::svgIcon("app"));
    setAcceptDrops(true);
    new views::InputHabits(this);
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    feedModels();
    buildPages();
    buildRail();
    buildDocks();
    buildActions();
    buildToolBar();
    buildStatusBar();
    showDevices();
    connectExplorer();
    connectPanels();
    connectSessions();
    connectMatrix();
    connectFit();
    connectProfiles();
    connectStudies();
    connectSweeps();
    connectCompatibility();
    connectGraph();
    connectExport();
    connectTraining();
    auto* const comparison = new DiffDesk(m_explorer, page<views::ComparePage>(), this);
    connect(comparison, &DiffDesk::failed, this, &MainWindow::addMessage);
    connectProject();
    restoreLayout();
}

/// Runs before the pages' slots, so that they find the new rows.
void MainWindow::feedModels() {
    views::EvaluationFeed& feed = m_explorer.feed();
    connect(&feed, &views::EvaluationFeed::evaluated, this,
            [this, &feed] { m_layers.setEvaluation(feed.shown()); });
    connect(&feed, &views::EvaluationFeed::triedChanged, this,
            [this, &feed] { m_variations.setTried(feed.tried(), feed.current()); });
}

void MainWindow::buildPages() {
    m_tabs = new QTabWidget;
    m_tabs->setObjectName("pages");
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->hide();
    // The widest page must not squeeze the knobs beside every other one.
    m_tabs->setMinimumWidth(kLeastPage);
    const PageSources sources{m_explorer.selection(), m_explorer.feed(), m_layers, m_metric};
    for (const Page& page : pages())
        m_tabs->addTab(page.make(sources), tr(page.title));
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildEmptyState());
    m_stack->addWidget(m_tabs);
    m_messages = new views::MessageBar;
    m_recovery = new views::RecoveryBar;
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(m_recovery);
    column->addWidget(m_messages);
    setCentralWidget(middle);
}

/// All pages are in sight at any size of the window, which tabs in a row would not be.
void MainWindow::buildRail() {
    m_rail = new views::PageRail;
    QString group;
    for (size_t i = 0; i < pages().size(); ++i) {
        const Page& page = pages()[i];
        if (page.group != group) m_rail->addGroup(tr(page.group));
        group = page.group;
        m_rail->addPage(views::svgIcon(QStringLiteral("page-") + page.name), tr(page.title),
                        shortcutOfPage(static_cast<int>(i)).toString(QKeySequence::NativeText));
    }
    m_rail->setCurrentPage(m_tabs->currentIndex());
    auto* bar = new QToolBar(tr("Pages"));
    bar->setObjectName("pageRail");
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addWidget(m_rail);
    addToolBar(Qt::LeftToolBarArea, bar);
    connect(m_rail, &views::PageRail::pageChosen, m_tabs, &QTabWidget::setCurrentIndex);
    connect(m_tabs, &QTabWidget::currentChanged, m_rail, &views::PageRail::setCurrentPage);
}

QWidget* MainWindow::buildEmptyState() {
    auto* page = new QWidget;
    auto* text = new QLabel(
        tr("Open a .tflite or .onnx model or drop one here to see what each layer costs."));
    auto* button = new QPushButton(tr("Open a model…"));
    text->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(page);
    column->addStretch();
    column->addWidget(text);
    column->addSpacing(16);
    column->addWidget(button, 0, Qt::AlignCenter);
    column->addStretch();
    connect(button, &QPushButton::clicked, this, &MainWindow::openByDialog);
    return page;
}

QDockWidget* MainWindow::addDock(const QString& name, const QString& title, QWidget* content,
                                 Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::buildDocks() {
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_variationsPanel = new views::VariationsPanel(m_variations);
    m_variationPanel = new views::VariationPanel;
    m_selectionPanel = new views::SelectionPanel(m_explorer.selection(), m_explorer.feed());
    auto* tried =
        addDock("variations", tr("Variations"), m_variationsPanel, Qt::LeftDockWidgetArea);
    auto* knobs = addDock("variation", tr("Variation"), m_variationPanel, Qt::RightDockWidgetArea);
    auto* picked = addDock("selection", tr("Selection"), m_selectionPanel, Qt::RightDockWidgetArea);
    resizeDocks({tried, knobs}, {208, 288}, Qt::Horizontal);
    resizeDocks({knobs, picked}, {460, 260}, Qt::Vertical);
}

void MainWindow::buildStatusBar() {
    m_state = new QLabel;
    m_step = new QLabel;
    m_progress = new QProgressBar;
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(120, 8);
    m_progress->setAccessibleName(tr("Progress"));
    m_training = new QToolButton;
    m_training->setAutoRaise(true);
    m_training->setAccessibleName(tr("Training"));
    m_cancel = new QToolButton;
    m_cancel->setIcon(views::svgIcon("cancel"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setAutoRaise(true);
    statusBar()->addWidget(m_state, 1);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_training, m_step, m_progress, m_cancel}) {
        statusBar()->addPermanentWidget(widget);
        widget->hide();
    }
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(8, 0, 8, 0);
    connect(m_cancel, &QToolButton::clicked, &m_explorer, &Explorer::cancel);
}

void MainWindow::restoreLayout() {
    // A title bar and borders come on top of the window.
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    resize(kFirstSize.boundedTo(screen.size() - QSize(16, 48)));
    m_defaultLayout = saveState(kLayoutVersion);
    const QSettings settings;
    restoreGeometry(settings.value("window/geometry").toByteArray());
    restoreState(settings.value("window/layout").toByteArray(), kLayoutVersion);
}

void MainWindow::resetLayout() {
    restoreState(m_defaultLayout, kLayoutVersion);
    for (QDockWidget* dock : findChildren<QDockWidget*>())
        dock->show();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!mayClose()) return event->ignore();
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/layout", saveState(kLayoutVersion));
    QMainWindow::closeEvent(event);
}

void MainWindow::addMessage(const QString& text) {
    m_messages->addMessage(text);
}

void MainWindow::addModelMessage(const QString& text) {
    m_messages->addMessage(text, true);
}

bool MainWindow::showPage(const QString& name) {
    const int page = pageNamed(name);
    if (page >= 0) m_tabs->setCurrentIndex(page);
    return page >= 0;
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    m_rail->setCompact(width() < kNarrow);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls[0].isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    openDropped(event->mimeData()->urls().first().toLocalFile());
}

}  // namespace app
