// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow's connections: shows Explorer's state, and passes the user's actions to Explorer.
#include <QFileInfo>
#include <QStatusBar>

#include "app/boards_desk.h"
#include "app/compat_desk.h"
#include "app/export_desk.h"
#include "app/graph_desk.h"
#include "app/main_window.h"
#include "app/measured_graphs.h"
#include "app/schedule_desk.h"
#include "statistics/compare_sessions.h"
#include "transform/channels/blocks.h"
#include "views/number_format.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/fit_badge.h"
#include "views/widgets/knobs/variation_panel.h"
#include "views/widgets/layer_search.h"
#include "views/widgets/message_bar.h"
#include "views/widgets/pages/fit_page.h"
#include "views/widgets/pages/graph_page.h"
#include "views/widgets/pages/layers_page.h"
#include "views/widgets/pages/memory_page.h"
#include "views/widgets/pages/overview_page.h"
#include "views/widgets/pages/profiles_page.h"
#include "views/widgets/pages/sessions_page.h"
#include "views/widgets/pages/tradeoff_page.h"
#include "views/widgets/selection_panel.h"
#include "views/widgets/variations_panel.h"

namespace app {
namespace {

/// "w0.75 evaluated in 41.3 ms, compared with the original on 8 random inputs, seed 1"
QString evaluatedSentence(const types::Evaluation& shown) {
    const QString label = QString::fromStdString(shown.variation.label());
    QString text =
        QObject::tr("%1 evaluated in %2")
            .arg(label, views::shortText(views::Unit::Microseconds, shown.tookMs * 1000));
    if (!shown.notRunnableReason.empty())
        text += QObject::tr(", not run: an operator has no kernel here");
    else if (shown.samples > 0)
        text += QObject::tr(", compared with the original on %1")
                    .arg(QString::fromStdString(shown.samplesSource));
    return text;
}

}  // namespace

void MainWindow::connectExplorer() {
    connect(&m_explorer, &Explorer::modelOpened, this, &MainWindow::showOpened);
    views::EvaluationFeed& feed = m_explorer.feed();
    connect(&feed, &views::EvaluationFeed::evaluated, this, &MainWindow::showEvaluated);
    connect(&feed, &views::EvaluationFeed::dutyCostChanged, this, &MainWindow::showDutyCost);
    connect(&feed, &views::EvaluationFeed::outdatedChanged, this, &MainWindow::showState);
    connect(&m_explorer, &Explorer::failed, this, &MainWindow::addModelMessage);
    connect(&m_explorer, &Explorer::fitFound, this,
            [this](const QString& sentence) { statusBar()->showMessage(sentence, 10000); });
    const auto showKnobs = [this](const Knobs& knobs) {
        m_variationPanel->setVariation(knobs.variation);
        showData(knobs.data);
        showChosenDevice();
        m_variationPanel->setDuty(knobs.duty);
    };
    connect(&m_explorer, &Explorer::knobsChanged, this, showKnobs);
    connect(&m_explorer, &Explorer::devicesChanged, this, &MainWindow::showDevices);
    showKnobs(m_explorer.knobs());
    showDutyCost();
    connect(&m_explorer, &Explorer::busyChanged, this, [this](bool isBusy) {
        m_progress->setValue(0);
        for (QWidget* widget : std::initializer_list<QWidget*>{m_step, m_progress, m_cancel})
            widget->setVisible(isBusy);
    });
    connect(&m_explorer, &Explorer::progressed, this, [this](double share, const QString& step) {
        m_progress->setValue(static_cast<int>(share * 100));
        m_step->setText(step);
    });
}

void MainWindow::connectPanels() {
    using views::VariationPanel;
    connect(m_variationPanel, &VariationPanel::variationEdited, &m_explorer,
            &Explorer::editVariation);
    connect(m_variationPanel, &VariationPanel::signatureChosen, &m_explorer,
            &Explorer::openSignature);
    connect(m_variationPanel, &VariationPanel::editFinished, &m_explorer, &Explorer::finishEdit);
    connect(m_variationPanel, &VariationPanel::deviceChosen, &m_explorer, &Explorer::chooseDevice);
    connect(m_variationPanel, &VariationPanel::dutyEdited, &m_explorer, &Explorer::setDuty);
    connect(m_variationPanel, &VariationPanel::dataRequested, this, &MainWindow::openDataByDialog);
    connect(m_variationPanel, &VariationPanel::dataRemoved, &m_explorer, &Explorer::removeData);
    connect(m_board, &views::BoardChooser::deviceChosen, &m_explorer, &Explorer::chooseDevice);
    connect(m_variationsPanel, &views::VariationsPanel::variationChosen, &m_explorer,
            &Explorer::chooseVariation);
    auto& tradeoffs = page<views::TradeoffPage>();
    connect(&tradeoffs, &views::TradeoffPage::variationOpened, &m_explorer,
            &Explorer::chooseVariation);
    connect(&tradeoffs, &views::TradeoffPage::marksEdited, &m_explorer, &Explorer::editMarks);
    connect(m_variationsPanel, &views::VariationsPanel::marksEdited, &m_explorer,
            &Explorer::editMarks);
    for (const views::FitBadge* badge : {m_flashBadge, m_sramBadge})
        connect(badge, &views::FitBadge::fitRequested, &m_explorer, &Explorer::makeItFit);
    const auto& memoryPage = page<views::MemoryPage>();
    connect(&memoryPage, &views::MemoryPage::fitRequested, &m_explorer, &Explorer::makeItFit);
    connect(&memoryPage, &views::MemoryPage::reservedEdited, this,
            [this](bool isFlash, const types::ReservedMemory& line) {
                const auto memory = isFlash ? cost::BoardMemory::Flash : cost::BoardMemory::Sram;
                m_explorer.reserveMemory(memory, line);
            });
    const auto& overview = page<views::OverviewPage>();
    connect(&overview, &views::OverviewPage::cardClicked, this, &MainWindow::explainCard);
    connect(&overview, &views::OverviewPage::dataRequested, this,
            [this] { openDataByDialog(true); });
    connect(&overview, &views::OverviewPage::fitRequested, &m_explorer, &Explorer::makeItFit);
    connect(m_search, &views::LayerSearch::layerChosen, &m_explorer.selection(),
            &views::Selection::setLayer);
    connect(&m_explorer.selection(), &views::Selection::layerChanged, this,
            &MainWindow::showPickedLayers);
}

void MainWindow::connectCompatibility() {
    auto* desk = new CompatDesk(m_explorer, this);
    connect(desk, &CompatDesk::checked, &page<views::LayersPage>(),
            &views::LayersPage::setRuntimes);
    connect(desk, &CompatDesk::described, &page<views::LayersPage>(),
            &views::LayersPage::setCalled);
    connect(desk, &CompatDesk::described, &page<views::GraphPage>(), &views::GraphPage::setCalled);
    connect(desk, &CompatDesk::planned, &page<views::MemoryPage>(),
            &views::MemoryPage::setKernelArenas);
}

void MainWindow::connectExport() {
    m_exportDesk = new ExportDesk(m_explorer, page<views::ExportPage>(), this);
    connect(m_exportDesk, &ExportDesk::failed, this, &MainWindow::addMessage);
    connect(m_exportDesk, &ExportDesk::written, this, [this](const QStringList& files) {
        statusBar()->showMessage(tr("Written: %1").arg(files.join(", ")), 10000);
        const QString warning = exportWarning(*m_explorer.shown());
        if (!warning.isEmpty()) addModelMessage(warning);
    });
    new BoardsDesk(m_explorer, page<views::BoardsPage>(), this);
}

void MainWindow::connectGraph() {
    new GraphDesk(m_explorer, page<views::GraphPage>(), this);
    new ScheduleDesk(m_explorer, page<views::MemoryPage>(), this);
}

void MainWindow::connectSessions() {
    using views::SessionsPage;
    SessionBook& book = m_explorer.sessionBook();
    auto* const sessions = &page<SessionsPage>();
    connect(&book, &SessionBook::changed, sessions,
            [sessions, &book] { sessions->setSessions(book.sessions()); });
    connect(sessions, &SessionsPage::sessionPicked, this, [this](types::SessionPtr session) {
        m_pickedSession = std::move(session);
        showMeasured();
    });
    connect(sessions, &SessionsPage::measureRequested, this, [this] { measureOn("host"); });
    connect(sessions, &SessionsPage::importRequested, this, &MainWindow::importByDialog);
    connect(sessions, &SessionsPage::deleteRequested, &m_explorer, &Explorer::removeSessions);
    connect(
        sessions, &SessionsPage::compareRequested, this,
        [sessions, &book](types::SessionPtr baseline, types::SessionPtr candidate, bool accept) {
            statistics::CompareOptions options;
            options.acceptOtherConditions = accept;
            options.repeats = book.sessions();
            const auto comparison = statistics::compareSessions(*baseline, *candidate, options);
            if (comparison)
                sessions->showComparison(*comparison);
            else
                sessions->showRefusal(QString::fromStdString(comparison.error().message()));
        });
    connect(&m_explorer, &Explorer::projectSaved, this, [this](const QString& path) {
        m_recent->add(path);
        statusBar()->showMessage(tr("Saved: %1").arg(path), 10000);
    });
}

void MainWindow::showChosenDevice() {
    const types::DevicePtr& chosen = m_explorer.knobs().device;
    m_variationPanel->setDevice(chosen);
    if (!chosen) return;
    page<views::FitPage>().chooseBase(QString::fromStdString(chosen->id));
    page<views::ProfilesPage>().chooseDevice(QString::fromStdString(chosen->id));
    m_board->chooseId(QString::fromStdString(chosen->id));
}

void MainWindow::showData(const data::DatasetPtr& dataset) {
    if (!dataset) return m_variationPanel->setData({}, {});
    QStringList facts{tr("%1 samples; half of them calibrate, the other half evaluates")
                          .arg(views::grouped(static_cast<int64_t>(dataset->samples.size())))};
    for (const std::string& warning : dataset->warnings)
        facts << "⚠ " + QString::fromStdString(warning);
    m_variationPanel->setData(QString::fromStdString(dataset->name), facts.mid(0, 4).join('\n'));
}

void MainWindow::showPickedLayers() {
    const types::EvaluationPtr& shown = m_explorer.shown();
    std::vector<views::PickedLayer> picked;
    for (int index : m_explorer.selection().layers()) {
        if (!shown || index >= static_cast<int>(shown->layers.size())) continue;
        const types::LayerEvaluation& layer = shown->layers[static_cast<size_t>(index)];
        picked.push_back({layer.origin, QStringLiteral("#%1 %2").arg(index).arg(
                                            QString::fromStdString(layer.op))});
    }
    m_variationPanel->setPickedLayers(std::move(picked));
}

void MainWindow::showOpened(const QString& name, const QString& path) {
    m_stack->setCurrentWidget(m_tabs);
    m_messages->dropAboutModel();
    m_variationsPanel->setModelName(name, path);
    m_export->setEnabled(true);
    if (!path.isEmpty()) m_recent->add(path);
    const types::Graph& graph = *m_explorer.graph();
    m_variationPanel->setInputShape(graph.inputs.empty() ? types::Shape()
                                                         : graph.tensor(graph.inputs[0]).shape);
    m_variationPanel->setBlocks(transform::findBlocks(graph));
    showSignatures(graph);
    const types::EvaluationPtr& original = m_explorer.tried().front().evaluation;
    if (!original->notRunnableReason.empty())
        addModelMessage(tr("%1 is counted and planned but cannot be run: %2")
                            .arg(name, QString::fromStdString(original->notRunnableReason)));
}

void MainWindow::showSignatures(const types::Graph& graph) {
    QStringList names;
    int shown = 0;
    for (const types::Signature& signature : graph.signatures) {
        if (signature.subgraph == 0) shown = int(names.size());
        names << QString::fromStdString(signature.name);
    }
    m_variationPanel->setSignatures(names, shown);
}

void MainWindow::showEvaluated() {
    const types::EvaluationPtr shown = m_explorer.shown();
    if (m_pickedSession) showMeasured();
    showDutyCost();
    m_variationPanel->setChanges(shown->changes);
    m_flashBadge->setBudget(shown->flash);
    m_sramBadge->setBudget(shown->sram);
    m_explorer.selection().setVariation(shown->variation);
    showPickedLayers();
    showState(false);
}

void MainWindow::showMeasured() {
    const types::EvaluationPtr& shown = m_explorer.shown();
    const bool isSame = shown && m_pickedSession && measured(*m_pickedSession, *shown);
    m_layers.setMeasured(isSame ? views::measuredLayers(*m_pickedSession) : std::nullopt);
    m_metric.setMeasuredUs(isSame ? views::measuredTimes(*m_pickedSession) : views::LayerTimes());
    const auto latency = isSame ? measuredLatency(*m_pickedSession, *shown)
                                : std::optional<types::MeasuredLatency>();
    page<views::OverviewPage>().setMeasured(latency);
    m_exportDesk->setMeasured(latency);
}

void MainWindow::showDutyCost() {
    const auto& cost = m_explorer.feed().dutyCost();
    m_variationPanel->setDutyText(cost ? views::dutyText(*cost, *m_explorer.shown())
                                       : views::DutyText());
}

void MainWindow::showState(bool isOutdated) {
    const types::EvaluationPtr& shown = m_explorer.shown();
    if (!shown) return;
    const QString label = QString::fromStdString(shown->variation.label());
    if (isOutdated)
        m_state->setText(tr("Shown: %1, older than the knobs").arg(label));
    else
        m_state->setText(evaluatedSentence(*shown));
    m_state->setToolTip(QString::fromStdString(shown->notRunnableReason));
}

void MainWindow::explainCard(views::Metric metric) {
    using views::Metric;
    if (metric == Metric::FlashBytes || metric == Metric::ArenaBytes)
        return m_tabs->setCurrentWidget(&page<views::MemoryPage>());
    if (metric == Metric::Accuracy && !m_explorer.knobs().data) return openDataByDialog(true);
    if (metric == Metric::Accuracy) return m_tabs->setCurrentWidget(&page<views::TradeoffPage>());
    m_metric.setMetric(metric);
    auto& layers = page<views::LayersPage>();
    layers.sortBy(metric);
    m_tabs->setCurrentWidget(&layers);
}

}  // namespace app
