// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/sessions_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "views/number_format.h"
#include "views/widgets/box_plot.h"
#include "views/widgets/data_table.h"
#include "views/widgets/difference_plot.h"
#include "views/widgets/trace_plot.h"

namespace views {
namespace {

constexpr int kWidestName = 240;

/// The page's details: nothing, one session, two sessions.
enum Detail { None, One, Two };

QVBoxLayout* columnIn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    return column;
}

}  // namespace

QString conditionsText(const types::Session& session) {
    const types::Conditions& c = session.conditions;
    QStringList parts{QString::fromLatin1(types::sourceName(c.source))};
    const auto add = [&parts](const QString& name, const std::string& value) {
        if (!value.empty())
            parts << (name.isEmpty() ? QString() : name + ' ') + QString::fromStdString(value);
    };
    add({}, c.board);
    add({}, c.core);
    if (c.clockMhz > 0) parts << QObject::tr("%1 MHz").arg(c.clockMhz);
    add({}, c.runtime + (c.runtimeVersion.empty() ? "" : " " + c.runtimeVersion));
    add(QObject::tr("kernels"), c.kernels);
    add({}, c.compiler);
    add({}, c.flags);
    if (c.supplyVolts > 0) parts << QObject::tr("%1 V").arg(c.supplyVolts);
    add(QObject::tr("model"), c.modelName);
    add(QObject::tr("SHA-256"), c.modelHash.substr(0, 12));
    QString text = parts.join(QStringLiteral(" · "));
    for (const std::string& warning : session.warnings)
        text += "\n⚠ " + QString::fromStdString(warning);
    return text;
}

SessionsPage::SessionsPage(Selection& selection, QWidget* parent)
    : QWidget(parent), m_selection(selection) {
    m_detail = new QStackedWidget;
    m_detail->addWidget(buildEmpty());
    m_detail->addWidget(buildOne());
    m_detail->addWidget(buildTwo());
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(buildList());
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({180, 420});
    splitter->setChildrenCollapsible(false);
    auto* column = columnIn(this);
    column->setContentsMargins(8, 8, 8, 0);
    column->addWidget(splitter);
    showPicked();
}

QWidget* SessionsPage::buildList() {
    auto* measure = new QPushButton(tr("&Measure here"));
    measure->setToolTip(tr("Runs the shown variation on this machine and keeps every sample."));
    auto* import = new QPushButton(tr("&Import a log…"));
    m_delete = new QPushButton(tr("De&lete"));
    m_list = new DataTable;
    m_list->setSource(&m_sessions);
    m_list->setAccessibleName(tr("Sessions"));
    auto* row = new QHBoxLayout;
    row->addWidget(measure);
    row->addWidget(import);
    row->addWidget(m_delete);
    row->addStretch();
    row->addWidget(new QLabel(tr("Pick two to compare them.")));
    auto* side = new QWidget;
    auto* column = columnIn(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    column->addWidget(m_list, 1);
    connect(measure, &QPushButton::clicked, this, &SessionsPage::measureRequested);
    connect(import, &QPushButton::clicked, this, &SessionsPage::importRequested);
    connect(m_delete, &QPushButton::clicked, this, [this] { emit deleteRequested(m_picked); });
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SessionsPage::showPicked);
    return side;
}

QWidget* SessionsPage::buildEmpty() {
    auto* text = new QLabel(
        tr("Sessions hold what was measured: import the log of a board or measure on this machine. "
           "Pick one to see its layers, two to compare them."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setForegroundRole(QPalette::PlaceholderText);
    return text;
}

QWidget* SessionsPage::buildOne() {
    m_conditions = new QLabel;
    m_conditions->setWordWrap(true);
    m_conditions->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_quantity = new QComboBox;
    m_quantity->setAccessibleName(tr("Quantity of the chart"));
    m_boxes = new BoxPlot;
    m_trace = new TracePlot;
    m_table = new DataTable;
    m_table->setSource(&m_measurements);
    auto* header = new QHBoxLayout;
    header->addWidget(new QLabel(tr("Per layer:")));
    header->addWidget(m_quantity);
    header->addStretch();
    auto* layers = new QWidget;
    auto* layersColumn = columnIn(layers);
    layersColumn->addLayout(header);
    layersColumn->addWidget(m_boxes, 3);
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(layers, tr("Chart"));
    m_tabs->addTab(m_table, tr("Table"));
    m_tabs->addTab(m_trace, tr("Power"));
    auto* page = new QWidget;
    auto* column = columnIn(page);
    column->addWidget(m_conditions);
    column->addWidget(m_tabs, 1);
    connect(m_quantity, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &SessionsPage::showBoxes);
    connect(m_boxes, &BoxPlot::layerClicked, &m_selection, &Selection::setLayer);
    connect(&m_selection, &Selection::layerChanged, m_boxes, &BoxPlot::setSelectedLayer);
    return page;
}

QWidget* SessionsPage::buildTwo() {
    m_verdict = new QLabel;
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_accept = new QCheckBox(tr("Compare although the conditions differ"));
    m_differences = new DifferencePlot;
    m_differences->setMinimumHeight(200);
    m_comparisonTable = new DataTable;
    m_comparisonTable->setSource(&m_comparison);
    auto* page = new QWidget;
    auto* column = columnIn(page);
    column->addWidget(m_verdict);
    column->addWidget(m_accept);
    column->addWidget(m_differences, 2);
    column->addWidget(m_comparisonTable, 3);
    connect(m_accept, &QCheckBox::toggled, this, &SessionsPage::compare);
    return page;
}

void SessionsPage::setSessions(std::vector<types::SessionPtr> sessions) {
    m_sessions.setSessions(std::move(sessions));
    m_list->fitColumns(kWidestName);
    showPicked();
}

void SessionsPage::pick(const std::vector<int>& rows) {
    m_list->selectSourceRows(rows, rows.empty() ? -1 : rows.back());
}

void SessionsPage::showPicked() {
    m_picked.clear();
    for (int row : m_list->selectedSourceRows())
        m_picked.push_back(m_sessions.at(row));
    m_delete->setEnabled(!m_picked.empty());
    m_detail->setCurrentIndex(m_picked.size() == 1 ? One : m_picked.size() == 2 ? Two : None);
    if (m_picked.size() == 1) showOne(m_picked[0]);
    emit sessionPicked(m_picked.size() == 1 ? m_picked[0] : nullptr);
    if (m_picked.size() == 2) {
        const QSignalBlocker quiet(m_accept);
        m_accept->setChecked(false);
        compare();
    }
}

void SessionsPage::showOne(const types::SessionPtr& session) {
    m_conditions->setText(conditionsText(*session));
    {
        const QSignalBlocker quiet(m_quantity);
        m_quantity->clear();
        for (types::Quantity quantity : layerQuantitiesOf(*session))
            m_quantity->addItem(quantityName(quantity), static_cast<int>(quantity));
    }
    m_measurements.setSession(session);
    m_table->fitColumns(kWidestName);
    m_trace->setSession(session);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_trace), !session->traces.empty());
    showBoxes();
}

void SessionsPage::showBoxes() {
    const bool hasLayers = m_quantity->count() > 0;
    m_boxes->setVisible(hasLayers);
    m_quantity->setEnabled(hasLayers);
    if (!hasLayers || m_picked.size() != 1) return;
    m_boxes->setBoxes(
        sessionBoxes(*m_picked[0], types::Quantity(m_quantity->currentData().toInt())));
}

void SessionsPage::compare() {
    if (m_picked.size() == 2)
        emit compareRequested(m_picked[0], m_picked[1], m_accept->isChecked());
}

void SessionsPage::showComparison(const types::SessionComparison& comparison) {
    QStringList lines{verdictText(comparison)};
    for (const std::string& difference : comparison.conditions)
        lines << tr("⚠ differs: %1").arg(QString::fromStdString(difference));
    for (const std::string& warning : comparison.warnings)
        lines << "⚠ " + QString::fromStdString(warning);
    for (const std::string& layer : comparison.unmatched)
        lines << tr("only one has %1").arg(QString::fromStdString(layer));
    m_verdict->setText(lines.join('\n'));
    m_accept->setVisible(m_accept->isChecked());
    m_comparison.setComparison(comparison);
    m_comparisonTable->fitColumns(kWidestName);
    m_differences->setComparison(comparison);
    m_differences->show();
    m_comparisonTable->show();
}

void SessionsPage::showRefusal(const QString& reason) {
    m_verdict->setText(reason);
    m_accept->show();
    m_differences->hide();
    m_comparisonTable->hide();
}

}  // namespace views
