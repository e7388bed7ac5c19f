// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/pages/fit_page.h"
#include "views/widgets/plain_column.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "types/target.h"
#include "views/models/fit_charts.h"
#include "views/number_format.h"
#include "views/widgets/board_chooser.h"
#include "views/widgets/data_table.h"
#include "views/widgets/layer_sources_panel.h"
#include "views/widgets/plots/point_plot.h"
#include "views/widgets/work_strip.h"

namespace views {
namespace {

constexpr int kWidestCell = 320;
constexpr int kChoicesHeight = 140;

BoardChooser* deviceBox(const QString& name) {
    auto* box = new BoardChooser;
    box->setAccessibleName(name);
    box->setMinimumContentsLength(12);
    return box;
}

/// "Predicted unseen with a mean error of 0.42 %, 90 % within 1.1 %; MACs alone: 16.9 %."
QString summaryText(const types::FitReport& report) {
    const types::FitErrors *all = nullptr, *opsOnly = nullptr;
    for (const types::FitLine& line : report.lines) {
        if (line.kind == types::FitLine::Kind::AllLayers) all = &line.errors;
        if (line.key == "baseline_ops_only") opsOnly = &line.errors;
    }
    if (!all || all->layers == 0)
        return QObject::tr("Too few layers of a kind to be tested on one another.");
    QString text = QObject::tr(
                       "%1 layers of %2, each predicted unseen: mean error %3, nine in ten "
                       "below %4")
                       .arg(grouped(all->layers))
                       .arg(QString::fromStdString(report.layersFrom))
                       .arg(tickText(Unit::Share, all->mapePercent / 100))
                       .arg(tickText(Unit::Share, all->p90Percent / 100));
    if (opsOnly && opsOnly->layers > 0)
        text += QObject::tr("; by MACs alone %1")
                    .arg(tickText(Unit::Share, opsOnly->mapePercent / 100));
    return text + '.';
}

}  // namespace

FitPage::FitPage(QWidget* parent) : QWidget(parent), m_sources(new LayerSourcesPanel) {
    auto* column = columnIn(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addWidget(buildChoices());
    column->addWidget(buildResult(), 1);
    connect(m_sources, &LayerSourcesPanel::pickChanged, this, &FitPage::showAsk);
    connect(m_sources, &LayerSourcesPanel::sessionPicked, this,
            [this](const types::SessionPtr& session) { takeBoardOf(*session); });
    showAsk();
}

QWidget* FitPage::buildChoices() {
    auto* choices = new QWidget;
    auto* row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_sources, 3);
    row->addWidget(buildBoards(), 2);
    choices->setFixedHeight(kChoicesHeight);
    return choices;
}

QWidget* FitPage::buildBoards() {
    m_base = deviceBox(tr("Measured on"));
    m_base->setToolTip(tr("Its profile gives clock, memory and power; the kernels are fitted."));
    m_prior = deviceBox(tr("Known beforehand"));
    m_prior->setToolTip(tr("A similar board or an emulator fills what few layers leave open."));
    m_fit = new QPushButton(tr("&Fit"));
    m_fit->setObjectName("fit");
    m_fit->setDefault(true);
    m_strip = new WorkStrip;
    auto* form = new QFormLayout;
    form->addRow(tr("Measured on"), m_base);
    form->addRow(tr("Known beforehand"), m_prior);
    auto* row = new QHBoxLayout;
    row->addWidget(m_fit);
    row->addWidget(m_strip, 1);
    auto* side = new QWidget;
    auto* column = columnIn(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(form);
    column->addStretch();
    column->addLayout(row);
    connect(m_fit, &QPushButton::clicked, this, [this] { emit fitRequested(choice()); });
    connect(m_base, qOverload<int>(&QComboBox::currentIndexChanged), this, &FitPage::showAsk);
    return side;
}

QWidget* FitPage::buildResult() {
    m_scatter = new PointPlot(QStringLiteral("fit"));
    m_residuals = new PointPlot(QStringLiteral("residuals"));
    m_errorTable = new DataTable;
    m_errorTable->setSource(&m_errors);
    m_errorTable->setAccessibleName(tr("Errors of the fit"));
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_scatter, tr("Predicted against measured"));
    tabs->addTab(m_residuals, tr("Residuals"));
    tabs->addTab(m_errorTable, tr("Errors"));
    tabs->addTab(buildAdvice(), tr("Measure next"));
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_save = new QPushButton(tr("&Save device profile…"));
    m_save->setObjectName("save");
    auto* row = new QHBoxLayout;
    row->addWidget(m_summary, 1);
    row->addWidget(m_save);
    auto* result = new QWidget;
    auto* column = columnIn(result);
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->hide();
    column->addLayout(row);
    column->addWidget(m_note);
    column->addWidget(tabs, 1);
    m_message = new QLabel;
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_message->setMargin(32);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_message);
    m_stack->addWidget(result);
    connect(m_save, &QPushButton::clicked, this, [this] { emit saveRequested(m_report.profile); });
    return m_stack;
}

QWidget* FitPage::buildAdvice() {
    m_adviceKind = new QComboBox;
    m_adviceKind->addItems({tr("On this board: layers that would improve its profile most"),
                            tr("On another board: which of these layers to begin with")});
    m_adviceKind->setAccessibleName(tr("Where to measure"));
    m_adviceTable = new DataTable;
    m_adviceTable->setSource(&m_advice);
    m_adviceTable->setSortingEnabled(false);
    m_adviceTable->setAccessibleName(tr("Layers to measure next"));
    auto* side = new QWidget;
    auto* column = columnIn(side);
    column->addWidget(m_adviceKind, 0, Qt::AlignLeft);
    column->addWidget(m_adviceTable, 1);
    connect(m_adviceKind, qOverload<int>(&QComboBox::activated), this, &FitPage::showAdvice);
    return side;
}

void FitPage::setDevices(std::vector<types::DevicePtr> devices) {
    m_devices = std::move(devices);
    m_base->setDevices(m_devices);
    m_prior->setDevices(m_devices, tr("nothing"));
    if (!m_base->device() && !m_devices.empty())
        m_base->chooseId(QString::fromStdString(m_devices.front()->id));
}

void FitPage::chooseBase(const QString& id) {
    m_base->chooseId(id);
}

void FitPage::setSessions(const std::vector<types::SessionPtr>& sessions) {
    m_sources->setSessions(sessions);
}

FitChoice FitPage::choice() const {
    return {m_sources->pickedSessions(), m_sources->pickedTable(), m_sources->filter(),
            m_base->device(), m_prior->device()};
}

/// Sets the board of the session; for an emulated one, its core.
void FitPage::takeBoardOf(const types::Session& session) {
    const types::Conditions& taken = session.conditions;
    const auto found = std::ranges::find_if(m_devices, [&](const types::DevicePtr& device) {
        const bool isEmulated = taken.source == types::MeasurementSource::Emulator &&
                                types::isEmulated(*device) && device->core == taken.core;
        return device->id == taken.board || isEmulated;
    });
    if (found != m_devices.end()) chooseBase(QString::fromStdString((*found)->id));
}

/// Shows what to do before there is a result.
void FitPage::showAsk() {
    const FitChoice chosen = choice();
    const bool hasSource = !chosen.sessions.empty() || !chosen.table.isEmpty();
    m_fit->setEnabled(hasSource && chosen.base);
    if (m_stack->currentIndex() == 1 && hasSource) return;
    if (hasSource)
        return showProblem(
            tr("Fit learns a profile of %1 from these layers.")
                .arg(chosen.base ? QString::fromStdString(chosen.base->name) : tr("the board")));
    showProblem(m_sources->isEmpty()
                    ? tr("A fit learns what a board's kernels cost from measured layers. Measure "
                         "or import a session with layers, or open a table of layers.")
                    : tr("Pick the sessions to learn from, or open a table of layers."));
}

void FitPage::showReport(const types::FitReport& report) {
    m_report = report;
    const ColoredChart scatter = predictedAgainstMeasured(
        report.points, tr("Predicted unseen").toStdString(), tr("cycles").toStdString());
    m_scatter->setChart(scatter.chart, scatter.colors);
    const ColoredChart residuals = residualsByOperator(report.points);
    m_residuals->setChart(residuals.chart, residuals.colors);
    m_errors.setTable(errorsTable(tr("10-fold cross-validation").toStdString(), report.lines));
    m_errorTable->fitColumns(kWidestCell);
    m_summary->setText(summaryText(report));
    m_note->hide();
    showAdvice();
    m_stack->setCurrentIndex(1);
}

void FitPage::showNote(const QString& text) {
    m_note->setText(text);
    m_note->show();
}

void FitPage::showAdvice() {
    const bool isHere = m_adviceKind->currentIndex() == 0;
    m_advice.setTable(adviceTable(isHere ? m_report.measureHere : m_report.measureElsewhere));
    m_adviceTable->fitColumns(kWidestCell);
}

void FitPage::showProblem(const QString& text) {
    m_message->setText(text);
    m_stack->setCurrentIndex(0);
}

}  // namespace views
